"""One row of the data, and what the network makes of it."""

from __future__ import annotations

from typing import Any

from micrograd.engine import Value

from ..language import listed, say
from ..numbers import show
from .session import Session


def told(session: Session, row: int) -> str:
    """Say a row's inputs, its target, the output and its loss."""
    inputs, target = session.rows.row(row)
    (output,) = session.trainer.activations([inputs])[-1][0]
    loss = session.trainer.loss([Value(output)], [target]).data
    return say(
        "Row {row}: {inputs}; target {target}, output {output}, loss {loss}.",
        row=row + 1,
        inputs=listed(f"{name} = {show(x)}" for name, x in zip(session.rows.names, inputs)),
        target=show(target),
        output=show(output),
        loss=show(loss),
    )


def network_of(session: Session, row: int) -> dict[str, Any]:
    """Return the network with its weights, and a row, as the figure of networks takes them."""
    inputs, target = session.rows.row(row)
    layers = session.model.layers
    return {
        "sizes": [session.rows.width, *(len(layer.neurons) for layer in layers)],
        "activations": [layer.neurons[0].activation for layer in layers],
        "names": session.rows.names,
        "parameters": [p.data for p in session.parameters],
        "inputs": inputs,
        "target": target,
        "output": session.trainer.activations([inputs])[-1][0][0],
    }
