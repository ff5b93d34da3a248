"""A whole batch written down as one tape, for a loss that is no sum over rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from micrograd.compile.tape import NotCompilable, Tape, ordered, tape_of
from micrograd.compile.tracing import _run_model, _watched, _without_chance
from micrograd.data import Dataset
from micrograd.engine import Value
from micrograd.losses import Output

if TYPE_CHECKING:
    from micrograd.train import Trainer

LIMIT = 500_000  # nodes


class Unrolling(NamedTuple):
    """The tape's outputs: the loss with its penalties, without them, each penalty, and the model's.

    `shapes` has for each row the number of the model's outputs, or None for one `Value`. `others`
    are leaves that outlive a batch, and are not trained.
    """

    tape: Tape
    others: list[Value]
    shapes: list[int | None]


def unroll(trainer: Trainer, batch: Dataset, *, is_fixed: bool) -> Unrolling:
    """Run model, loss and penalties on the batch.

    Inputs and targets are leaves, so that the tape serves for other rows too; but where the batch
    `is_fixed`, the targets are constants, and the loss may look at them.
    """
    _expect_few_nodes(trainer, batch)
    with _without_chance(trainer.model):
        first, again = (_unroll(trainer, batch, is_fixed) for _ in range(2))
    if first != again:
        raise NotCompilable("the graph of a batch is another one each time")
    return first


def _expect_few_nodes(trainer: Trainer, batch: Dataset) -> None:
    with _without_chance(trainer.model):
        run = _run_model(trainer.model, batch.inputs[0])
    if len(ordered(run.outputs)) * len(batch) > LIMIT:
        raise NotCompilable(f"the graph of a batch has more than {LIMIT:,} nodes")


def _unroll(trainer: Trainer, batch: Dataset, is_fixed: bool) -> Unrolling:
    began = Value(0.0)._serial
    parameters = trainer.optimiser.parameters
    runs = [_run_model(trainer.model, row) for row in batch.inputs]
    outputs: list[Output] = [r.outputs[0] if r.shape is None else r.outputs for r in runs]
    if is_fixed:
        targets: list[Value] = []
        loss = _loss(trainer, outputs, batch.targets)
    else:
        targets = [Value(target) for target in batch.targets]
        loss = _loss_of_any(trainer, outputs, batch.targets, targets)
    penalties = trainer._penalties(parameters)
    total = sum(penalties, loss)
    inputs = [value for run in runs for value in run.inputs]
    rates = [penalty._prev[1] for penalty in penalties]  # each penalty is a sum times its rate
    kinds = {"parameter": parameters, "input": inputs, "target": targets, "rate": rates}
    leaves = {value: (kind, i) for kind, values in kinds.items() for i, value in enumerate(values)}
    flat = [output for run in runs for output in run.outputs]
    results = [total, loss, *penalties, *flat]
    others = _older(results, began, leaves)
    leaves.update((value, ("other", i)) for i, value in enumerate(others))
    tape = tape_of(results, leaves)
    if len(tape.nodes) > LIMIT:
        raise NotCompilable(f"the graph of a batch has more than {LIMIT:,} nodes")
    return Unrolling(tape, others, [run.shape for run in runs])


def _older(
    results: Sequence[Value], began: int, leaves: dict[Value, tuple[str, int]]
) -> list[Value]:
    """Return the leaves that were there before the batch and are not listed."""
    older = [v for v in ordered(results) if v._serial < began and v not in leaves]
    if any(value._prev for value in older):
        raise NotCompilable("there is a Value that was computed before the batch")
    return older


def _loss_of_any(
    trainer: Trainer,
    outputs: Sequence[Output],
    numbers: Sequence[float],
    targets: Sequence[Value],
) -> Value:
    try:
        return _loss(trainer, outputs, targets)
    except NotCompilable:
        _loss(trainer, outputs, numbers)  # if this fails too, its reason is the better one
        raise NotCompilable(
            "it looks at the targets, which differ from batch to batch "
            "(shuffle=False and a batch of all rows would help)"
        ) from None


def _loss(trainer: Trainer, outputs: Sequence[Output], targets: Sequence[float | Value]) -> Value:
    with _watched("loss", [target for target in targets if isinstance(target, Value)]):
        loss = trainer.loss(outputs, targets)  # type: ignore[arg-type]  # Values pass for numbers
    if not isinstance(loss, Value):
        raise NotCompilable(f"the loss returns a {type(loss).__name__}, not a Value")
    return loss
