"""What `%load_ext` does: from then on cells are recorded, and values and networks are drawn.

A cell is recorded as on the page, from outside of the engine, so a figure shows each gradient as
the cell has left it. When there is too much to record, the recording ends and the cell goes on.
"""

from typing import Any

from micrograd.engine import Value

from ..kernel.cells.recording import Recording
from ..kernel.network.model import read_model
from .still import draw, of_model, of_value

SVG = "image/svg+xml"
NETWORKS = [("micrograd.nn", name) for name in ("MLP", "Layer", "Neuron")]


class Extension:
    """Records the cells of one shell, and draws what stands in their last lines."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.recording: Recording | None = None

    def load(self) -> None:
        self.shell.events.register("pre_run_cell", self.begin)
        self.shell.events.register("post_run_cell", self.end)
        svg = self.shell.display_formatter.formatters[SVG]
        svg.for_type(Value, self.show_value)
        for module, name in NETWORKS:
            svg.for_type_by_name(module, name, self.show_network)

    def unload(self) -> None:
        self.end()
        self.shell.events.unregister("pre_run_cell", self.begin)
        self.shell.events.unregister("post_run_cell", self.end)
        svg = self.shell.display_formatter.formatters[SVG]
        svg.pop(Value, None)
        for module, name in NETWORKS:
            svg.pop(f"{module}.{name}", None)

    def begin(self, _info: object = None) -> None:
        """A cell is about to run."""
        self.end()
        self.recording = Recording(Value, cell="")
        self.recording.__enter__()

    def end(self, _result: object = None) -> None:
        """A cell has run."""
        if self.recording:
            self.recording.__exit__(None, None, None)
            self.recording = None

    def show_value(self, value: Value) -> str | None:
        """Return the picture of a value, or None where only its text is shown."""
        names = {name: x for name, x in self.shell.user_ns.items() if not name.startswith("_")}
        try:
            if self.recording and not self.recording.is_over:
                return of_value(self.recording, value, names).svg
            return draw(value, names).svg
        except ValueError:  # it is too large to be drawn
            return None

    def show_network(self, network: object) -> str | None:
        model = read_model(network)
        try:
            return of_model(model).svg if model else None
        except ValueError:
            return None


_loaded: dict[int, Extension] = {}  # by the shell


def load(shell: Any) -> None:
    if id(shell) not in _loaded:
        _loaded[id(shell)] = Extension(shell)
        _loaded[id(shell)].load()


def unload(shell: Any) -> None:
    if extension := _loaded.pop(id(shell), None):
        extension.unload()
