"""The edition of micrograd that is in force: as it was printed, or as the learner has edited it.

While an edition is in force, every `import micrograd...` that runs finds its modules, and the
figures run on a copy of its `Value`. What was imported before keeps what it has: so what judges an
engine goes on with the printed one.
"""

import sys
import warnings
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import micrograd.engine

from .depth import DEEPEST, depth_of
from .language import noted, say
from .mistake import TOO_DEEP, Mistake
from .printed import Printed
from .raised import raised
from .recorded import ORIGINAL, compile_engine, put_in_force
from .trials import TRIALS
from .tried import try_out

ENGINE, NN = "engine.py", "nn.py"
_NEEDED = {
    "data": noted("A Value has no data, its number. The figures ask for it."),
    "grad": noted("A Value has no grad, its gradient. The figures ask for it."),
    "_prev": noted("A Value has no _prev, the values it was made from. The figures ask for it."),
    "_op": noted("A Value has no _op, the operation that made it. The figures ask for it."),
    "backward": noted("A Value has no backward, a method. The figures ask for it."),
}

Family = dict[str, ModuleType]  # micrograd and all modules in it, by their full names


class Refused(NamedTuple):
    """Why a text was not put in force, and which of the two files it stands in."""

    file: str
    mistake: Mistake


def use(engine: str, nn: str | None = None) -> ModuleType | Refused:
    """Put the text of an engine in force, and the text of nn.py if there is one; return the engine.

    All of it comes into force or nothing: with a mistake in either file, what was in force stays.
    Without a text of its own, nn.py is compiled against the new engine when it is first imported.
    """
    nn = nn if nn is not None and differs(NN, nn) else None
    if not differs(ENGINE, engine) and nn is None:
        restore()
        return engine_in_force()
    before = _family()
    module = _compiled("micrograd.engine", engine, ENGINE)
    if isinstance(module, Mistake):
        return Refused(ENGINE, module)
    if mistake := _lack(module, engine):
        return Refused(ENGINE, mistake)
    copy = _copy(engine)
    if isinstance(copy, Mistake):
        return Refused(ENGINE, copy)
    if engine_in_force() is micrograd.engine:
        _printed.update(before)
    if mistake := _put_in_place(module, nn):
        _replace(before)
        return Refused(NN, mistake)
    put_in_force(copy)
    _edited.clear()
    _edited.update({ENGINE: engine} if nn is None else {ENGINE: engine, NN: nn})
    return module


def restore() -> None:
    """Put the printed edition in force again."""
    if engine_in_force() is not micrograd.engine:
        _replace(_printed)
    put_in_force(ORIGINAL)
    _edited.clear()


def put_copy_in_place() -> None:
    """Compile what is edited once more, for the imports of a lesson that has modules of its own.

    The printed edition is left to Python, which finds it in its files.
    """
    if not _edited:
        return
    with redirect_stdout(Printed()):  # it was shown when the edition came into force
        module = _compiled("micrograd.engine", _edited[ENGINE], ENGINE)
        mistake = module if isinstance(module, Mistake) else None
        if isinstance(module, ModuleType):
            mistake = _put_in_place(module, _edited.get(NN))
    if mistake:
        says = say("Your engine could not be imported once more. {reason}", reason=mistake.says)
        raise ImportError(says)


def text_in_force(file: str) -> str:
    """Return the text of "engine.py" or "nn.py" that is in force."""
    return _edited.get(file) or printed_text(file)


def printed_text(file: str) -> str:
    """Return the text of "engine.py" or "nn.py" as it was printed."""
    return (_FOLDER / file).read_text(encoding="utf-8")


def is_edited() -> bool:
    """Tell whether an edition of the learner's is in force."""
    return bool(_edited)


def engine_in_force() -> ModuleType:
    """Return the module that `import micrograd.engine` finds now."""
    return sys.modules["micrograd.engine"]


def differs(file: str, text: str) -> bool:
    """Tell whether a text is another one than the printed "engine.py" or "nn.py", to the letter."""
    return text != printed_text(file)


def _compiled(name: str, text: str, file: str) -> ModuleType | Mistake:
    """Run a text as a module of this name, or say what is wrong with it."""
    if depth_of(text) > DEEPEST:
        return Mistake(say(TOO_DEEP))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Python would write to the console
        try:
            return compile_engine(name, text, _file(file))
        except BaseException as error:  # a KeyboardInterrupt when it takes too long
            return raised(error, text, _file(file))


def _lack(engine: ModuleType, text: str) -> Mistake | None:
    """Say what an engine lacks that every figure asks for: a class `Value`, and what it keeps."""
    value_class = getattr(engine, "Value", None)
    if not isinstance(value_class, type):
        return Mistake(
            say("There is no class Value in this engine. All cells and figures ask for it.")
        )
    try:
        value = value_class(1.0)
        lacking = [name for name in _NEEDED if not hasattr(value, name)]
    except BaseException as error:
        found = raised(error, text, _file(ENGINE))
        says = say("Value(1.0) cannot be made. {reason}", reason=found.says)
        return Mistake(says, found.line or _line_of_class(text))
    if lacking:
        return Mistake(say(_NEEDED[lacking[0]]), _line_of_class(text))
    if not callable(value.backward):
        return Mistake(say("The backward of a Value is no method."), _line_of_class(text))
    return None


def _copy(text: str) -> type | Mistake:
    """Return another `Value` of an engine that is known to compile, tried out a little."""
    with redirect_stdout(Printed()):  # what it prints was printed by the first one
        module = _compiled("engine", text, ENGINE)
        if isinstance(module, Mistake):
            return module
        copy: type = module.Value
        return _endless(copy, text) or copy


def _endless(value_class: type, text: str) -> Mistake | None:
    """Say where an engine runs on without end when it is used; all else may be wrong with it."""
    try:
        for about in ("+", "*", "tanh"):
            try_out(next(trial for trial in TRIALS if trial.about == about), value_class)
    except KeyboardInterrupt as error:
        line = raised(error, text, _file(ENGINE)).line
        return Mistake(" ".join(getattr(error, "__notes__", [])), line)
    return None


def _line_of_class(text: str) -> int:
    """Return the line where the class Value begins, or 0 if it is made in another way."""
    lines = enumerate(text.splitlines(), 1)
    return next((i for i, line in lines if line.startswith(("class Value:", "class Value("))), 0)


def _put_in_place(engine: ModuleType, nn: str | None) -> Mistake | None:
    """Let the package be imported anew, so that all in it finds this engine, and this nn.py."""
    _replace({"micrograd.engine": engine})
    import micrograd as package  # another one than above: it has just been taken out

    package.engine = engine
    if nn is None:
        return None
    layers = _compiled("micrograd.nn", nn, NN)
    if isinstance(layers, Mistake):
        return layers
    sys.modules["micrograd.nn"] = layers
    package.nn = layers  # type: ignore[attr-defined]
    return None


def _family() -> Family:
    modules = list(sys.modules.items())
    return {name: x for name, x in modules if name.partition(".")[0] == "micrograd"}


def _replace(family: Family) -> None:
    for name in _family():
        del sys.modules[name]
    sys.modules.update(family)


def _file(name: str) -> str:
    """Return what a learner's file is called in tracebacks and traces."""
    return f"learner/{name}"


_FOLDER = Path(micrograd.__file__).parent
_printed: Family = {}  # what was imported when it was last in force
_edited: dict[str, str] = {}  # the texts in force, by file; none while it is the printed edition
