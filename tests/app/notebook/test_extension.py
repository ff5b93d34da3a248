"""The extension in a shell of IPython: what it records, and what it draws."""

from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from app.notebook import check, hint, load_ipython_extension, unload_ipython_extension
from app.notebook.still import draw
from micrograd import engine
from tests.app.notebook.test_still import numbers_in


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    shell = InteractiveShell()
    shell.history_manager.enabled = False
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    load_ipython_extension(shell)
    run(shell, "from micrograd.engine import Value")
    yield shell
    unload_ipython_extension(shell)


def run(shell: Any, code: str) -> list[str | None]:
    """Run a cell; return the picture of its last line, if there is one."""
    shown: list[str | None] = []

    def display(result: Any) -> None:
        if result is not None:
            shown.append(shell.display_formatter.format(result)[0].get("image/svg+xml"))

    shell.displayhook.write_format_data = lambda *_: None
    hook, shell.display_trap.hook = shell.display_trap.hook, display
    try:
        shell.run_cell(code).raise_error()
    finally:
        shell.display_trap.hook = hook
    return shown


def test_a_value_in_the_last_line_is_drawn(shell: Any) -> None:
    (svg,) = run(shell, "a = Value(2.0)\nb = Value(-3.0)\nc = a * b\nc.backward()\nc")
    assert svg
    assert numbers_in(svg, "grad") == ["−3", "2", "1"]
    assert ">c</text>" in svg


def test_a_figure_shows_what_the_cell_has_done(shell: Any) -> None:
    (svg,) = run(shell, "a = Value(2.0)\nb = a * 3.0\nb.backward()\nb.backward()\nb")
    assert svg
    assert numbers_in(svg, "grad") == ["6", "4", "1"]  # of a, of 3.0, and of b


def test_a_value_of_an_earlier_cell_is_drawn(shell: Any) -> None:
    run(shell, "a = Value(2.0)\nb = a * a")
    (svg,) = run(shell, "b")
    assert svg
    assert numbers_in(svg, "data") == ["2", "4"]


def test_after_too_much_to_record_the_result_is_drawn(shell: Any) -> None:
    code = "x = Value(1.0)\nfor i in range(25_000):\n    y = x * 2.0\ny"
    (svg,) = run(shell, code)
    assert svg
    assert numbers_in(svg, "data") == ["1", "2", "2"]


def test_what_is_too_large_has_its_text_only(shell: Any) -> None:
    code = "x = Value(1.0)\nfor i in range(6_000):\n    x = x * 1.0\nx"
    assert run(shell, code) == [None]


def test_a_network_is_drawn(shell: Any) -> None:
    (svg,) = run(shell, "from micrograd.nn import MLP\nMLP(2, [2, 1], seed=1)")
    assert svg
    assert 'class="still network' in svg


def test_a_mistake_in_a_cell_leaves_the_engine_as_it_was(shell: Any) -> None:
    before = dict(vars(engine.Value))
    with pytest.raises(ZeroDivisionError):
        run(shell, "Value(1.0)\n1 / 0")
    assert dict(vars(engine.Value)) == before


def test_unloaded_it_draws_nothing(shell: Any) -> None:
    unload_ipython_extension(shell)
    assert run(shell, "Value(1.0) * 2.0") == [None]
    load_ipython_extension(shell)


def test_draw_works_in_a_cell_that_is_recorded(shell: Any) -> None:
    shell.user_ns["draw"] = draw
    run(shell, "picture = draw(Value(1.0) * 2.0)")
    assert numbers_in(shell.user_ns["picture"].svg, "data") == ["1", "2", "2"]


def test_check_tells_what_is_wrong_and_what_is_right(
    shell: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.user_ns["slope_of_tanh"] = lambda x: ...
    check("tanh")
    assert "is still the three points" in capsys.readouterr().out
    run(shell, "import math\ndef slope_of_tanh(x):\n    return 1 - math.tanh(x) ** 2")
    check("tanh")
    assert capsys.readouterr().out == "This is right.\n"


def test_hints_come_one_by_one_and_then_a_way(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(4):
        hint("neuron")
    said = capsys.readouterr().out
    assert "def " in said.partition("One way:")[2]


def test_an_exercise_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="there is local_derivatives, tanh, multiplication"):
        check("tan")
