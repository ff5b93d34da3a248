"""Each operation as mathematics: what it computes, and its derivative by each operand.

Every formula is written twice by the same function, first with the names of the operands, then with
their numbers. The results are never computed here: they come from the engine.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from . import mathml as m
from .language import say
from .numbers import equals

Writer = Callable[..., str]  # takes the operands and, last, the result, as MathML: names or numbers


class Formula(NamedTuple):
    value: Writer
    derivatives: tuple[Writer | None, ...]  # one for each operand; None where it is constant


def _step(a: str, c: str) -> str:
    rows = (
        f"<mtr><mtd>{m.ONE}</mtd><mtd><mtext>{say('if')}&#160;</mtext>"
        f"{a}<mo>&gt;</mo><mn>0</mn></mtd></mtr>",
        f"<mtr><mtd><mn>0</mn></mtd><mtd><mtext>{say('otherwise')}</mtext></mtd></mtr>",
    )
    return m.row('<mo fence="true">{</mo>', f"<mtable>{''.join(rows)}</mtable>")


FORMULAS: dict[str, Formula] = {
    "+": Formula(lambda a, b, c: m.row(a, m.sign("+"), m.guarded(b)), (None, None)),
    "-": Formula(lambda a, b, c: m.row(a, m.sign("−"), m.guarded(b)), (None, None)),
    "*": Formula(
        lambda a, b, c: m.row(a, m.sign("×"), m.guarded(b)),
        (lambda a, b, c: b, lambda a, b, c: a),
    ),
    "/": Formula(
        lambda a, b, c: m.frac(a, b),
        (
            lambda a, b, c: m.frac(m.ONE, b),
            lambda a, b, c: m.row(m.sign("−"), m.frac(a, m.power(m.guarded(b), m.TWO))),
        ),
    ),
    "**": Formula(
        lambda a, b, c: m.power(m.guarded(a), b),
        (
            lambda a, b, c: m.row(
                b, m.sign("·"), m.power(m.guarded(a), m.row(b, m.sign("−"), m.ONE))
            ),
            lambda a, b, c: m.row(m.power(m.guarded(a), b), m.sign("·"), m.apply("log", a)),
        ),
    ),
    "tanh": Formula(
        lambda a, c: m.apply("tanh", a),
        (lambda a, c: m.row(m.ONE, m.sign("−"), m.power(m.guarded(c), m.TWO)),),
    ),
    "ReLU": Formula(lambda a, c: m.apply("ReLU", a), (_step,)),
    "exp": Formula(lambda a, c: m.power(m.name("e"), a), (lambda a, c: m.power(m.name("e"), a),)),
    "log": Formula(lambda a, c: m.apply("log", a), (lambda a, c: m.frac(m.ONE, a),)),
    "neg": Formula(lambda a, c: m.row(m.sign("−"), m.guarded(a)), (None,)),
    "sigmoid": Formula(
        lambda a, c: m.apply("σ", a),
        (lambda a, c: m.row(c, m.sign("·"), "<mo>(</mo>", m.ONE, m.sign("−"), c, "<mo>)</mo>"),),
    ),
}


def value_formula(op: str, names: Sequence[str], values: Sequence[float]) -> str:
    """Write c = a × b = 2 × (−3) = −6. Last among names and values stands the result's."""
    by_name, by_number = _both_ways(FORMULAS[op].value, names, values)
    end = m.row(m.sign(equals(*values)), m.data(values[-1]))
    return m.math(m.name(names[-1]), m.sign("="), by_name, m.sign("="), by_number, end)


def derivative_formula(
    op: str, slot: int, names: Sequence[str], values: Sequence[float], local: float
) -> str:
    """Write ∂c/∂a = 1/b = 1/2 = 0.5: the local derivative by the operand in this slot."""
    terms, shown = [m.partial(names[-1], names[slot])], [local]
    write = FORMULAS[op].derivatives[slot]
    if write:
        by_name, by_number = _both_ways(write, names, values)
        is_one_operand = by_name in map(m.name, names)  # then its number is the result already
        terms += [m.sign("="), by_name]
        if not is_one_operand and write is not _step:
            terms += [m.sign("="), by_number]
            shown += [x for name, x in zip(names, values) if m.name(name) in by_name]
    return m.math(*terms, m.sign(equals(*shown)), m.grad(local))


def _both_ways(write: Writer, names: Sequence[str], values: Sequence[float]) -> tuple[str, str]:
    return write(*map(m.name, names)), write(*map(m.data, values))
