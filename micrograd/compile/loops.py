"""The loops of a program over the rows of a test, and over the points of a picture."""

from __future__ import annotations

from micrograd.compile import wasm
from micrograd.compile.memory import BLOCK, Layout, Plan, stride_of
from micrograd.compile.straight import ROW
from micrograd.compile.sums import start_of, tail_of
from micrograd.compile.wasm import F64, I32, NOTHING, Function, f64, get, i32, load, put, store


def is_right(plan: Plan, layout: Layout) -> Function:
    """(row) -> 1.0 if the outputs stand for the row's target, else 0.0."""
    if plan.answer is None:
        return Function(I32, F64, f64(0.0))
    output, n, target = layout["outputs"], len(plan.model.outputs), load(get(ROW), 8 * plan.inputs)
    first = load(i32(0), output)
    if plan.answer == "class":
        largest, answer = 1, 2
        code = put(largest, first) + put(answer, f64(0.0))
        for k in range(1, n):
            here = load(i32(0), output + 8 * k)
            better = put(largest, here) + put(answer, f64(float(k)))
            code += wasm.when(wasm.greater(here, get(largest)), better)
        code += wasm.choose(wasm.equal(get(answer), target), f64(1.0), f64(0.0))
        return Function(I32, F64, code, floats=2)
    cut, below = {"sign": (0.0, -1.0), "logit": (0.0, 0.0), "number": (0.5, 0.0)}[plan.answer]
    answer_code = wasm.choose(wasm.greater(first, f64(cut)), f64(1.0), f64(below))
    code = wasm.choose(wasm.equal(answer_code, target), f64(1.0), f64(0.0))
    return Function(I32, F64, code)


def test(plan: Plan, layout: Layout, look: int, apply_loss: bytes, is_right: int) -> Function:
    """() -> nothing; the mean loss of the test rows and how many are right go to "tests"."""
    # `apply_loss` reads the row from the first local; a function without parameters has that too.
    row, total, term, right = 0, 1, 2, 3
    first = layout["rows"] + plan.rows * stride_of(plan)
    body = get(row) + wasm.call(look) + apply_loss
    body += put(term, wasm.add(start_of(plan.loss), load(i32(0), layout["term"])))
    body += tail_of(plan.loss.tail, term, i32(0), layout["tails"] + 8)
    body += put(total, wasm.add(get(total), get(term)))
    body += put(right, wasm.add(get(right), get(row) + wasm.call(is_right)))
    end = first + plan.test_rows * stride_of(plan)
    code = put(total, f64(-0.0)) + wasm.count_up(row, i32(first), i32(end), body, stride_of(plan))
    code += store(i32(0), wasm.div(get(total), f64(float(max(plan.test_rows, 1)))), layout["tests"])
    code += store(i32(0), get(right), layout["tests"] + 8)
    return Function(NOTHING, NOTHING, code, integers=1, floats=3)


def picture(plan: Plan, layout: Layout, look: int, stride: int) -> Function:
    """(points) -> nothing; what `look` leaves in "neurons" at each goes to "picture".

    There is one block for each neuron. A point takes `stride` bytes.
    """
    points, i, place = 0, 1, 2
    body = wasm.i_add(i32(layout["points"]), wasm.i_mul(get(i), i32(stride)))
    body += wasm.call(look) + put(place, wasm.i_shift(get(i), 3))
    for k, node in enumerate(plan.neurons):
        first = plan.neurons.index(node)  # an output may be listed twice
        number = load(i32(0), layout["neurons"] + 8 * first)
        body += store(get(place), number, layout["picture"] + 8 * BLOCK * k)
    code = wasm.count_up(i, i32(0), get(points), body)
    return Function(I32, NOTHING, code, integers=2)
