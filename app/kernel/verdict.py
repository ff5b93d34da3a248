"""Which part of an engine is wrong: the least that explains all trials that went wrong."""

from collections.abc import Sequence

from .language import noted
from .trials import OPERATIONS, RULES, operations_in
from .tried import Tried

# What concerns every operation at once.
SEED, BACKWARD = noted("seed"), noted("backward")
_WITH_VALUES = [op for op in OPERATIONS if "number" not in op]


def verdict(tried: Sequence[Tried]) -> tuple[str, ...]:
    """Return the operations that are wrong, and the first rule that is broken besides.

    An operation that is made of others is not to blame for them. When all that there is goes wrong,
    it is "seed" if the output doesn't begin with a gradient of 1, and "backward" otherwise.
    """
    there = {each.trial.about for each in tried if each.is_there} & set(OPERATIONS)
    wrong = [each for each in tried if each.wrong]
    single = [each for each in wrong if each.trial.about in OPERATIONS]
    failing = {each.trial.about for each in single}
    if single and all(map(_is_in_backward, single)):
        if all(each.seed != 1 for each in single):
            return (SEED,)
        if failing == there and len(there) > 1:
            return (BACKWARD,)
    to_blame = [op for op in OPERATIONS if op in failing and not _explained(op, failing, single)]
    rules = _broken_rules(failing, wrong)
    return (*(to_blame or sorted(failing)), *rules[:1])


def missing(tried: Sequence[Tried]) -> tuple[str, ...]:
    """Return the operations that the engine doesn't have."""
    absent = {each.trial.about for each in tried if not each.is_there}
    return tuple(op for op in OPERATIONS if op in absent)


def _is_in_backward(each: Tried) -> bool:
    """Tell whether the result is right, so that what goes wrong begins with `backward()`."""
    first = each.rows[0]
    return first.state == "right" or first.stops_backward


def _explained(op: str, failing: set[str], single: Sequence[Tried]) -> bool:
    """Tell whether another operation that fails is the reason for every failure of this one.

    It is when the graph has it. It may be when the graph has all that it is made of, and more: as
    a - b has, made of a + b * -1, when -a is b * -1. And a - 3 and 3 - a are taken for an a - b.
    """
    if {*_made_of(op)} & failing:
        return True
    made = {_made(each) for each in single if each.trial.about in _WITH_VALUES}
    composed = {graph for name, graph in made if graph and name not in graph}
    graphs = [each.operations - {op} for each in single if each.trial.about == op]
    return all(graph & failing or any(part < graph for part in composed) for graph in graphs)


def _made(each: Tried) -> tuple[str, frozenset[str]]:
    return each.trial.about, each.operations


def _made_of(op: str) -> list[str]:
    words = op.split()
    return [] if "number" not in words else ["a ** b" if words[1] == "**" else words[1]]


def _broken_rules(failing: set[str], wrong: Sequence[Tried]) -> list[str]:
    """Return the rules that are broken where no operation can be the reason."""
    sound = [
        each.trial.about
        for each in wrong
        if not failing & (each.operations | operations_in(each.trial.lines))
    ]
    return [rule for rule in RULES if rule in sound]
