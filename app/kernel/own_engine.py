"""A learner's own engine, as the page puts it in force and takes it back."""

from contextlib import redirect_stdout
from typing import Any

from .edition import (
    ENGINE,
    NN,
    Refused,
    differs,
    printed_text,
    restore,
    text_in_force,
    use,
)
from .lessons import forget_all
from .printed import Printed

_KEYS = {"engine": ENGINE, "nn": NN}


def use_engine(engine: str, nn: str) -> dict[str, Any]:
    """Put these texts of engine.py and nn.py in force, or say why not, with file and place.

    Lessons are forgotten then, because their values are of another class. `printed` is what the
    files printed while they were imported.
    """
    with redirect_stdout(Printed()) as printed:
        found = use(engine, nn)
    refused = None
    if isinstance(found, Refused):
        text = engine if found.file == ENGINE else nn
        mistake = found.mistake
        place = {"column": mistake.column, "end": mistake.end}
        refused = {"file": found.file, **place, **mistake.as_data(text)}
    else:
        forget_all()
    return {"refused": refused, "printed": printed.text(), **engine_source()}


def restore_engine() -> dict[str, Any]:
    """Put the original in force again; return its texts."""
    restore()
    forget_all()
    return engine_source()


def engine_source() -> dict[str, Any]:
    """Return the texts in force, whether they differ from the original, and the original ones."""
    return {
        key: {
            "text": text_in_force(file),
            "original": printed_text(file),
            "differs": differs(file, text_in_force(file)),
        }
        for key, file in _KEYS.items()
    }
