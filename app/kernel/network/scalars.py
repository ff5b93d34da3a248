"""The part of a pass's trace that is one neuron, as a trace of its own.

It goes from what the neuron takes in to what it gives. What comes after it is one node, the loss:
the local derivative on the edge to it is what the whole rest of the network makes of a change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..language import noted, say
from ..numbers import show
from ..recorder import Trace
from ..replay import replay
from .passes import Pass

REST = "…"  # the operation that stands for the rest of the network

# What other neurons of a layer do: as the first to give something, and after others.
OTHER = (
    noted("The other neuron of this layer passes {given} on to {name}."),
    noted(
        "The other neuron of this layer passes {given} on to {name}, added to the {before} that "
        "was there: {after}."
    ),
)
OTHERS = (
    noted("The other neurons of this layer pass {given} on to {name}."),
    noted(
        "The other neurons of this layer pass {given} on to {name}, added to the {before} that "
        "was there: {after}."
    ),
)


class Scalars(NamedTuple):
    """A trace, the leaves in it by name, which of them can be changed, and which parameters these
    are; `whole` are the numbers of its nodes in the whole trace, in order."""

    trace: Trace
    whole: list[int]
    leaves: dict[str, int]
    parameters: dict[str, int]
    features: dict[str, int]


def scalars(made: Pass, k: int, i: int) -> Scalars:
    """Return the scalar graph of neuron i of layer k, both from 0 on."""
    is_last = k == len(made.layers) - 1
    end = made.loss if is_last else made.layers[k][i]
    seen = made.seen_by(k)
    whole = _between(made.trace, end, set(seen))
    whole += [] if is_last else [made.loss]
    labels = _labels(made, k, i)
    nodes = [_node(made, x, n, whole, labels, seen) for n, x in enumerate(whole)]
    trace: Trace = {
        "trace": 1,
        "nodes": nodes,
        "forward": _forward(made.trace, whole, nodes),
        "backward": _backward(made, whole, None if is_last else end),
        "error": None,
    }
    if not is_last:
        nodes[-1].update(op=REST, operands=[whole.index(end)])
        trace["forward"][-1]["operands"] = [made.data(end)]
    first = made.setup.first_parameter(k, i)
    own = {f"w{j + 1}": first + j for j in range(len(seen))} | {"b": first + len(seen)}
    features = {} if k else {name: j for j, name in enumerate(made.setup.names)}
    inputs = [made.setup.neuron(k - 1, j) for j in range(len(seen))]
    leaves = {name: whole.index(_node_of(made, p)) for name, p in own.items()}
    leaves |= {name: whole.index(node) for name, node in zip(inputs, seen)}
    return Scalars(trace, whole, leaves, own, features)


def _node_of(made: Pass, parameter: int) -> int:
    return made.parameters[parameter]


def _between(trace: Trace, end: int, seen: set[int]) -> list[int]:
    """Return all that a node was made from, down to what the neuron takes in."""
    found, waiting = {end}, [end]
    while waiting:
        here = waiting.pop()
        operands = [] if here in seen else trace["nodes"][here]["operands"]
        waiting += [x for x in operands if x not in found]
        found.update(operands)
    return sorted(found)


def _labels(made: Pass, k: int, i: int) -> dict[int, str]:
    first, seen = made.setup.first_parameter(k, i), made.seen_by(k)
    names = [*(f"w{j + 1}" for j in range(len(seen))), "b"]
    labels = {made.weighted_sum(k, i): "s"}
    labels |= {made.parameters[first + n]: name for n, name in enumerate(names)}
    labels |= {made.layers[k][i]: made.setup.neuron(k, i), made.loss: "loss"}
    return labels | {node: made.setup.neuron(k - 1, j) for j, node in enumerate(seen)}


def _node(
    made: Pass, node: int, n: int, whole: list[int], labels: dict[int, str], seen: Sequence[int]
) -> dict[str, Any]:
    found = made.trace["nodes"][node]
    is_given = node in seen or not set(found["operands"]) <= set(whole)
    operands = [] if is_given else [whole.index(x) for x in found["operands"]]
    op = "" if is_given else found["op"]
    label = labels.get(node, "")
    return {**found, "id": n, "op": op, "operands": operands, "label": label, "line": None}


def _forward(
    trace: Trace, whole: list[int], nodes: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    place = {x: n for n, x in enumerate(whole)}
    events = [
        {**event, "node": place[event["node"]]}
        for event in trace["forward"]
        if event["node"] in place
    ]
    return [
        {**e, "operands": e["operands"] if nodes[e["node"]]["operands"] else []} for e in events
    ]


def _backward(made: Pass, whole: list[int], end: int | None) -> list[dict[str, Any]]:
    """Return the events in the neuron, in their order.

    What several others pass on from outside is one event. To the neuron's output (`end`, where the
    loss is not in the neuron) it comes along the edge from the loss.
    """
    place = {x: n for n, x in enumerate(whole)}
    found: list[dict[str, Any]] = []
    for event in made.trace["backward"]:
        if event["to"] not in place:
            continue
        to, outside = place[event["to"]], event["from"] not in place
        own = {**event, "to": to, "computed": len(whole), "cell_line": None}
        if event["to"] == end or (event["from"] is not None and outside):
            _gather(found, own, place[made.loss] if event["to"] == end else None)
        else:
            found.append({**own, "from": None if event["from"] is None else place[event["from"]]})
    return found


def _gather(found: list[dict[str, Any]], event: dict[str, Any], sender: int | None) -> None:
    """Add what comes from outside, to the event before it if that came from there, too."""
    same = [x for x in found if x["to"] == event["to"]]
    if same and same[-1].get("is_gathered"):
        last = same[-1]
        last["after"] = event["after"]
        last["contribution"] = last["after"] - last["before"]
        if sender is not None:
            last["contribution"] = last["local"] = last["after"]
        found.remove(last)
        found.append(last)
        return
    own = {**event, "from": sender, "slot": None, "upstream": None, "local": None}
    if sender is not None:
        own |= {"slot": 0, "upstream": 1.0, "local": event["contribution"]}
    found.append({**own, "is_gathered": True})


def narrated(made: Pass, k: int, shown: Scalars, told: list[str]) -> list[str]:
    """Return the sentences of a neuron's figure, in the terms of the network where it ends."""
    trace, sentences = shown.trace, list(told)
    steps = len(trace["forward"])
    if trace["nodes"][-1]["op"] == REST:
        loss = show(trace["nodes"][-1]["data"])
        sentences[steps - 1] = say(
            "The rest of the network makes a loss of {loss} of it.", loss=loss
        )
    for n, event in enumerate(trace["forward"]):
        if k and shown.whole[event["node"]] in made.layers[k - 1]:
            name, x = trace["nodes"][event["node"]]["label"], show(event["data"])
            sentences[n] = say("{name} comes out of layer {layer}: {x}.", name=name, layer=k, x=x)
    for n, event in enumerate(trace["backward"]):
        if event.get("is_gathered"):
            sentences[steps + n] = _from_outside(made, k, trace, event)
    return sentences


def _from_outside(made: Pass, k: int, trace: Trace, event: dict[str, Any]) -> str:
    name, after = trace["nodes"][event["to"]]["label"], show(event["after"])
    if event["from"] is not None:
        return say(
            "All that {name} leads to passes its gradients on: together, ∂loss/∂{name} is {after}.",
            name=name,
            after=after,
        )
    first, added = OTHERS if len(made.layers[k]) > 2 else OTHER
    return say(
        first if event["before"] == 0 else added,
        given=show(event["contribution"]),
        name=name,
        before=show(event["before"]),
        after=after,
    )


def rerun(made: Pass, shown: Scalars) -> Any:
    """Return what computes the loss with other numbers for the leaves of a neuron's figure."""
    given = {shown.whole[n] for n in shown.leaves.values()}
    nodes = [{**x, "operands": []} if x["id"] in given else x for x in made.trace["nodes"]]

    def run(values: dict[str, float]) -> float:
        numbers = {shown.whole[shown.leaves[name]]: x for name, x in values.items()}
        return replay({**made.trace, "nodes": nodes}, numbers)[made.loss]

    return run
