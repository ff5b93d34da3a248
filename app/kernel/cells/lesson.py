"""The cells of one lesson: they share their names, as in a notebook."""

import builtins
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from types import ModuleType
from typing import Any

from ..exercises.checking import Result, check
from ..exercises.exercise import Exercise
from ..mistake import Mistake
from ..recorder import Trace, is_value_class
from .cell import Cell, forget_source, keep_source
from .failure import of_exception, of_mistake
from .history import Ran, Texts, out_of_date, to_run_first
from .modules import Modules
from .outcome import Outcome
from .program import Program, read
from .recording import Recording, is_value
from .scene import Scene
from .shown import show
from .terminal import ask, leave
from .uses import uses
from .writer import MOST, Writer

OLDEST = 500  # earlier runs of a cell whose text is kept: their functions may still be called


class Lesson:
    """Runs cells, and knows in which order they ran. `title` tells the lessons of a page apart."""

    def __init__(self, title: str = "") -> None:
        self.title = title
        self.graph: Trace | None = None  # what was shown last, if it was a graph
        self._main = ModuleType("__main__")
        self.names = vars(self._main)
        self._modules = Modules(self._main)
        self._recording: Recording | None = None
        self._count = 0
        self._ran: dict[str, Ran] = {}
        self._cells: dict[str, Cell] = {}  # by file, of every run
        with self._modules.in_place():
            from micrograd.engine import Value
        own = {"__build_class__": self._build_class, "input": ask, "exit": leave, "quit": leave}
        self._builtins = {**vars(builtins), **own}
        self.names["Value"] = self._value = Value

    def run(
        self,
        cell_id: str,
        code: str,
        write: Callable[[str], object],
        texts: Texts | None = None,
        most: int = MOST,
    ) -> Outcome:
        """Run a cell; hand what it prints to `write`, up to so many characters.

        `texts` are all cells as they stand on the page: then an error can speak of them.
        """
        cell = self._begin(cell_id, code)
        writer = Writer(write, most)
        try:
            with self._surrounded(writer):
                return self._read_and_run(cell, texts or [])
        except KeyboardInterrupt:  # it came while the surroundings were put back
            return Outcome(cell.id, cell.number, "stopped")
        finally:
            writer.end()

    def check(self, exercise: Exercise) -> Result:
        """Check the answer to an exercise that the cells have defined."""
        with self._modules.in_place():
            return check(exercise, self.names)

    def out_of_date(self, texts: Texts) -> list[str]:
        """Return the cells that have run and should be run again, in the order of the page."""
        return out_of_date(self._ran, texts)

    def to_run_first(self, texts: Texts, cell_id: str) -> list[str]:
        """Return the cells above that have to be run before this one, in the order of the page."""
        return to_run_first(self._ran, texts, cell_id)

    def numbers(self) -> dict[str, int]:
        """Return for each cell that has run as which one that was the last time."""
        return {cell: ran.number for cell, ran in self._ran.items()}

    def _begin(self, cell_id: str, code: str) -> Cell:
        self._count += 1
        self.graph = None
        self.names["__builtins__"] = self._builtins
        of = f" of {self.title}" if self.title else ""
        cell = Cell(cell_id, self._count, code, f"<cell {self._count}{of}>")
        keep_source(cell)
        self._cells[cell.file] = cell
        self._forget()
        return cell

    def _forget(self) -> None:
        """Forget the text of the oldest run, when there are many, unless it is its cell's last."""
        latest = {*self.numbers().values(), self._count}
        old = [cell for cell in self._cells.values() if cell.number not in latest]
        if len(old) > OLDEST:
            forget_source(self._cells.pop(old[0].file))

    @contextmanager
    def _surrounded(self, writer: Writer) -> Iterator[None]:
        """Put everything in its place that the learner's code finds around it."""
        with (
            self._modules.in_place(),
            redirect_stdout(writer),
            redirect_stderr(writer),
            warnings.catch_warnings(),
        ):
            yield

    def _read_and_run(self, cell: Cell, texts: Texts) -> Outcome:
        program = read(cell)
        if isinstance(program, Mistake):
            return Outcome(cell.id, cell.number, "failed", failure=of_mistake(program))
        before = {name: id(x) for name, x in self.names.items()}  # not the things: they are large
        outcome = self._run(cell, program, texts)
        self._note(cell, before, outcome)
        return outcome

    def _run(self, cell: Cell, program: Program, texts: Texts) -> Outcome:
        """Run the program; a stop or an error is an outcome, too."""
        try:
            return self._recorded(cell, program)
        except KeyboardInterrupt:
            return Outcome(cell.id, cell.number, "stopped")
        except BaseException as error:
            scene = Scene(self.names, cell=cell.id, texts=texts, ran=frozenset(self._ran))
            failure = of_exception(error, cell, self._cells.get, scene)
            return Outcome(cell.id, cell.number, "failed", failure=failure)

    def _recorded(self, cell: Cell, program: Program) -> Outcome:
        classes = {thing for thing in self._values() if is_value_class(thing)}
        recording = Recording(*sorted(classes, key=lambda x: len(x.__mro__)), cell=cell.file)
        self._recording = recording
        try:
            with recording:
                last = program.run(self.names)
                trace = recording.graph_of(last, self.names) if is_value(last) else None
        finally:
            recording.__exit__(None, None, None)  # once more: a stop may have come in between
            self._recording = None
        shown = None if last is None else show(last, trace)
        self.graph = trace
        advice = recording.advise(self.names)
        return Outcome(cell.id, cell.number, "done", shown, advice=advice)

    def _values(self) -> list[Any]:
        """Return all things that have a name in the lesson, and the engine that can be imported."""
        return [*self.names.values(), sys.modules["micrograd.engine"].Value]

    def _build_class(self, *args: Any, **kwargs: Any) -> type:
        """Watch a class that is made while a cell runs, if its instances can be nodes."""
        made: type = builtins.__build_class__(*args, **kwargs)
        if self._recording and is_value_class(made):
            self._recording.watch(made)
        return made

    def _note(self, cell: Cell, before: dict[str, int], outcome: Outcome) -> None:
        """Keep what the cell used: by its text, and what it really defined besides."""
        used = uses(cell.code)
        new = {name for name, x in self.names.items() if before.get(name) != id(x)}
        own = {name for name in new if not name.startswith("__")}
        defines = used.defines | own
        if self.names.get("Value") is self._value:  # imported, as people do, though it was there
            defines -= {"Value"}
        used = used._replace(defines=defines)
        self._ran[cell.id] = Ran(cell.number, cell.code, used, outcome.state != "done")
