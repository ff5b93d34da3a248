"""The same training by the engine and compiled, and everything it leaves, bit for bit."""

import math
import struct
from collections.abc import Callable
from typing import Any

import pytest

from micrograd.compile.tape import NotCompilable
from micrograd.compile.training import Compiled
from micrograd.data import Dataset, xor
from micrograd.nn import MLP
from micrograd.train import SGD, NonFiniteLossError, Trainer, mse


def bits(x: Any) -> Any:
    """Write floats as their bytes, so that -0.0 is not 0.0; all nan are one."""
    if isinstance(x, float):
        return "nan" if math.isnan(x) else struct.pack("<d", x)
    return [bits(part) for part in x] if isinstance(x, list | tuple) else x


def state_of(trainer: Trainer) -> dict[str, Any]:
    parameters, optimiser = trainer.optimiser.parameters, trainer.optimiser
    options = {name: bits(x) for name, x in vars(optimiser).items() if name != "parameters"}
    return {
        "data": bits([float(p.data) for p in parameters]),
        "grad": bits([p.grad for p in parameters]),
        **options,
        "lr": float(optimiser.lr),
        "made": (trainer.steps, trainer.epochs),
        "history": bits(trainer.history),
        "last": bits(trainer._last),
        "order": trainer._order,
        "so far": bits([trainer._loss_of_epoch, float(trainer._right_of_epoch)]),
        "chance": trainer._rng.getstate(),
    }


def network(**options: Any) -> MLP:
    return MLP(2, options.pop("nouts", [3, 1]), **{"activation": "tanh", "seed": 3, **options})


def trainer_of(
    model: Any = None, data: Dataset | None = None, optimiser: Any = SGD, **options: Any
) -> Trainer:
    model = network() if model is None else model
    options = {"loss": mse, **options}
    parameters = [p for _, p in model.named_parameters()]
    return Trainer(model, data or xor(6, seed=0), optimiser=optimiser(parameters), **options)


def run(epochs: int) -> Callable[[Trainer], object]:
    return lambda trainer: trainer.run(epochs)


def is_compiled(trainer: Trainer) -> bool:
    return trainer._compilation._compiled is not None


def both(make: Callable[..., Trainer], play: Callable[[Trainer], object]) -> Trainer:
    """Train both ways, expect that they are equal, and return the compiled trainer."""
    results = []
    for compile in (False, True):
        trainer = make(compile=compile)
        error = None
        try:
            play(trainer)
        except (NonFiniteLossError, IndexError, ValueError) as e:
            error = (str(e), vars(e))
        results.append({**state_of(trainer), "error": error})
    by_engine, by_program = results
    assert by_program == by_engine
    return trainer


def compiled(make: Callable[..., Trainer], play: Callable[[Trainer], object]) -> Trainer:
    trainer = both(make, play)
    assert is_compiled(trainer), trainer.explain()
    assert trainer.explain().startswith("Steps run as WebAssembly")
    return trainer


def fallback(make: Callable[..., Trainer], epochs: int = 3) -> str:
    """Expect the same numbers without this way to compile, and return why it is not taken."""
    both(make, run(epochs))
    with pytest.raises(NotCompilable) as reason:
        Compiled(make(compile=True))
    return f"{reason.value}."
