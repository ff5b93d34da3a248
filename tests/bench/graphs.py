"""Fifty graphs of real `Value` expressions, the same each time, as the nodes of a trace."""

import random
from typing import Any

from micrograd.engine import Value
from micrograd.nn import MLP, Neuron

Nodes = list[dict[str, Any]]
CARD = (116, 74)


def fifty_graphs() -> dict[str, Nodes]:
    """Neurons, networks, polynomials, losses, and random expressions of 5 to 120 nodes."""
    rng = random.Random(1981)
    graphs = {f"neuron of {n}": neuron(n) for n in (1, 2, 3, 4, 6, 8)}
    shapes = [
        (1, [1]),
        (2, [2, 1]),
        (2, [3, 1]),
        (3, [2, 2]),
        (2, [2, 2, 1]),
        (3, [4, 1]),
        (2, [4, 2]),
    ]
    graphs |= {f"MLP({nin}, {nouts})": network(nin, nouts) for nin, nouts in shapes}
    graphs |= {f"polynomial of degree {n}": polynomial(n) for n in (2, 3, 5, 8)}
    graphs |= {f"Horner's scheme, degree {n}": horner(n) for n in (2, 4, 8)}
    graphs |= {f"loss over {n} points": loss(n) for n in (2, 4, 6)}
    graphs |= {f"softmax of {n}": softmax(n) for n in (2, 3, 5)}
    while len(graphs) < 50:
        size = rng.randrange(5, 121)
        graphs[f"random, {size} nodes, {len(graphs)}"] = expression(rng, size)
    return graphs


def nodes_of(*outputs: Value) -> Nodes:
    """Return the nodes on which the outputs depend, in the order of their creation."""
    found = sorted(
        {v for out in outputs for v in out._topological_order()}, key=lambda v: v._serial
    )
    ids = {value: i for i, value in enumerate(found)}
    return [{"id": ids[v], "operands": [ids[operand] for operand in v._prev]} for v in found]


def neuron(inputs: int) -> Nodes:
    return nodes_of(Neuron(inputs, rng=random.Random(0))([Value(i) for i in range(inputs)]))


def network(nin: int, nouts: list[int]) -> Nodes:
    outputs = MLP(nin, nouts, seed=0)([Value(i) for i in range(nin)])
    return nodes_of(*outputs) if isinstance(outputs, list) else nodes_of(outputs)


def polynomial(degree: int) -> Nodes:
    x = Value(2)
    return nodes_of(sum((Value(k) * x**k for k in range(1, degree + 1)), Value(1)))


def horner(degree: int) -> Nodes:
    x, total = Value(2), Value(0)
    for k in range(degree):
        total = total * x + Value(k)
    return nodes_of(total)


def loss(points: int) -> Nodes:
    w, b = Value(1), Value(0)
    errors = [(w * Value(i) + b - Value(2 * i)) ** 2 for i in range(points)]
    return nodes_of(sum(errors, Value(0)) / points)


def softmax(count: int) -> Nodes:
    powers = [Value(i).exp() for i in range(count)]
    total = sum(powers, Value(0))
    return nodes_of(-(powers[0] / total).log(), *(power / total for power in powers[1:]))


def expression(rng: random.Random, size: int) -> Nodes:
    """Combine unused values at random, and now and then one that was used already."""
    values = [Value(rng.random()) for _ in range(max(2, size // 3))]
    unused = list(values)
    while len(unused) > 1 or len(values) < size:
        a = unused.pop(rng.randrange(len(unused)))
        kind = rng.random()
        if kind < 0.2 and len(values) < size:
            value = rng.choice([Value.tanh, Value.relu, Value.exp])(a)
        else:
            shared = (kind < 0.4 and len(values) < size) or not unused
            b = rng.choice(values) if shared else unused.pop(rng.randrange(len(unused)))
            value = a * b if rng.random() < 0.5 else a + b
        values.append(value)
        unused.append(value)
    return nodes_of(unused[0])
