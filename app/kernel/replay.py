"""Computes a recorded graph again with other numbers for its leaves, and without its program."""

from .derivative import result
from .recorded import value_class
from .recorder import Trace


def replay(trace: Trace, values: dict[int, float]) -> list[float]:
    """Return the data of every node, in the order of creation, with these values for leaves.

    Every operation is the engine's own, so that the recorded values give the recorded results. An
    operation of a learner's own, that the engine does not know, gives nan.
    """
    data: list[float] = []
    made = {event["node"]: event["data"] for event in trace["forward"]}
    for node in trace["nodes"]:
        i = node["id"]
        if node["operands"]:
            operands = [data[operand] for operand in node["operands"]]
            data.append(result(node["op"], operands, value_class()))
        else:
            data.append(values.get(i, made[i]))
    return data
