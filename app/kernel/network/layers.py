"""The networks of the nn.py in force: as it was printed, or as the learner has edited it.

A network that is recorded is made of the figures' own copy of `Value`; one that is trained is made
of the very modules that a cell would import.
"""

from __future__ import annotations

import random
import sys
from types import ModuleType
from typing import Any

from ..edition import NN, engine_in_force, text_in_force
from ..language import say
from ..recorded import compile_engine, value_class
from .setup import Setup, UnusableError

FILE = "micrograd/nn.py"


def to_be_recorded(setup: Setup) -> Any:
    """Make the network with the figures' `Value`; the seed gives the first weights."""
    return _make(_copy(), setup)


def to_be_trained(setup: Setup) -> Any:
    """Make the same network as a cell would: its numbers are the same, too."""
    import micrograd.nn  # here, because another edition may be in force by now

    return _make(micrograd.nn, setup)


def parameters(model: Any) -> list[Any]:
    """Return the parameters, neuron by neuron: its weights, then its bias."""
    try:
        neurons = [neuron for layer in model.layers for neuron in layer.neurons]
        return [parameter for neuron in neurons for parameter in [*neuron.w, neuron.b]]
    except (AttributeError, TypeError):
        raise UnusableError(
            say(
                "The MLP of your nn.py keeps no layers with neurons that have w and b: "
                "the figure asks for them."
            )
        ) from None


_kept: dict[str, Any] = {}  # the copy of nn.py, and what it was made of


def _copy() -> ModuleType:
    """Compile nn.py once more, on the `Value` that may be recorded."""
    made_of = (text_in_force(NN), value_class())
    if _kept.get("made_of") != made_of:
        engine = ModuleType("micrograd.engine")
        vars(engine).update(vars(engine_in_force()), Value=value_class())
        _kept.update(module=_compile(made_of[0], engine), made_of=made_of)
    module: ModuleType = _kept["module"]
    return module


def _compile(text: str, engine: ModuleType) -> ModuleType:
    real = sys.modules["micrograd.engine"]
    sys.modules["micrograd.engine"] = engine  # what the text imports
    try:
        return compile_engine("micrograd.nn", text, FILE)
    finally:
        sys.modules["micrograd.engine"] = real


def _make(module: ModuleType, setup: Setup) -> Any:
    """Make an MLP. One of the learner's that takes no options begins with `random.seed(seed)`."""
    shape = len(setup.names), list(setup.sizes)
    options = {"activation": list(setup.activations), "init": setup.init, "seed": setup.seed}
    try:
        model = module.MLP(*shape, **options)
    except TypeError:
        state = random.getstate()
        random.seed(setup.seed)
        try:
            model = module.MLP(*shape)
        finally:
            random.setstate(state)
    found = len(parameters(model))
    if found != len(setup.parameters):
        raise UnusableError(
            say(
                "The MLP of your nn.py has {found} parameters, and the figure needs {expected}.",
                found=found,
                expected=len(setup.parameters),
            )
        )
    return model
