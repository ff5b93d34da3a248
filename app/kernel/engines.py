"""Engines with a fault: micrograd/engine.py itself, with one place in its text changed."""

from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import micrograd.engine

from .recorded import compile_engine


class Fault(NamedTuple):
    """The lines of engine.py that are changed, and what they are changed into."""

    before: str
    after: str


FAULTS = {
    "overwrite": Fault(
        "            operand.grad += local * self.grad\n",
        "            operand.grad = local * self.grad\n",
    ),
    "no order": Fault(
        """\
        nodes, seen = [self], {self}
        for node in nodes:  # the list grows while we walk along it
            for operand in node._prev:
                if operand not in seen:
                    seen.add(operand)
                    nodes.append(operand)
        return sorted(nodes, key=attrgetter("_serial"), reverse=True)
""",
        """\
        nodes, waiting = [], [self]
        while waiting:  # depth first: each node stands where it was reached
            node = waiting.pop()
            if node not in nodes:
                nodes.append(node)
                waiting.extend(reversed(node._prev))
        return nodes
""",
    ),
}


def faulty(name: str) -> ModuleType:
    """Return the engine with this fault as a module; its file is named like "overwrite/engine.py".

    It has as many lines as engine.py, so that a line number means the same place in both.
    """
    return compile_engine(f"engine with the fault {name!r}", source(name), f"{name}/engine.py")


def source(name: str) -> str:
    """Return the text of the engine with this fault."""
    text = Path(micrograd.engine.__file__).read_text(encoding="utf-8")
    return change(text, FAULTS[name])


def change(text: str, fault: Fault) -> str:
    """Change the one place in the text; ValueError if it is not there, or not the only one."""
    if (count := text.count(fault.before)) != 1:
        raise ValueError(f"the lines to be changed are in engine.py {count} times, not once")
    return text.replace(fault.before, fault.after)
