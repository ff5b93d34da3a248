"""The loops of a program: over steps, rows and parameters, and over the points of a picture.

Rows run from the last to the first, each forward and backward in one go: a loss that is a sum over
rows has the same gradient at every row, known before. That is the order in which the engine
accumulates, newest first, so that the sums have the same digits. The loss itself is added up
afterwards, from the first row on.
"""

from __future__ import annotations

from micrograd.compile import wasm
from micrograd.compile.memory import BLOCK, STEP, Layout, Plan, Sum, stride_of
from micrograd.compile.straight import ROW
from micrograd.compile.tracing import Tail
from micrograd.compile.wasm import F64, I32, NOTHING, Function, f64, get, i32, load, put, store


def _tail(operations: Tail, total: int, constants: bytes, offset: int = 0) -> bytes:
    """Return the code that does to a sum, in the local `total`, what is done after summing."""
    code = b""
    symbols = {"+": wasm.add, "-": wasm.sub, "*": wasm.mul, "/": wasm.div}
    for i, (op, is_first) in enumerate(operations):
        constant = load(constants, offset + 8 * i)
        if op == "neg":
            code += put(total, wasm.neg(get(total)))
        elif is_first:
            code += put(total, symbols[op](constant, get(total)))
        else:
            code += put(total, symbols[op](get(total), constant))
    return code


def _start(total: Sum) -> bytes:
    return f64(-0.0 if total.start is None else total.start)  # -0.0 + x is x, for every x


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
    body += put(term, wasm.add(_start(plan.loss), load(i32(0), layout["term"])))
    body += _tail(plan.loss.tail, term, i32(0), layout["tails"] + 8)
    body += put(total, wasm.add(get(total), get(term)))
    body += put(right, wasm.add(get(right), get(row) + wasm.call(is_right)))
    end = first + plan.test_rows * stride_of(plan)
    code = put(total, f64(-0.0)) + wasm.count_up(row, i32(first), i32(end), body, stride_of(plan))
    code += store(i32(0), wasm.div(get(total), f64(float(max(plan.test_rows, 1)))), layout["tests"])
    code += store(i32(0), get(right), layout["tests"] + 8)
    return Function(NOTHING, NOTHING, code, integers=1, floats=3)


def run(
    plan: Plan,
    layout: Layout,
    train: int,
    penalties: list[int],
    is_right: int,
    move: int,
    test: int,
) -> Function:
    """(first step, end) -> the step before which it stopped, since something was not finite.

    Steps and epochs are given by their addresses.
    """
    step, end_of_steps, epoch, begin, end, entry, tail, row = range(8)
    loss, penalty, total, right, sum_of_penalty = range(8, 13)
    stride, grads, grad_bytes = stride_of(plan), *layout.region("grad")
    term, clock, last = layout["term"], layout["clock"], layout["last"]

    # One step.
    code = put(begin, wasm.load_i32(get(step), 0)) + put(end, wasm.load_i32(get(step), 4))
    code += put(tail, wasm.load_i32(get(step), 8))
    code += wasm.fill_zero(i32(grads), i32(grad_bytes))

    # Penalties: the newest first, as in the engine.
    constants = layout["penalties"]
    addresses = []
    for each in plan.penalties:
        addresses.append(constants)
        constants += 8 * (1 + len(each.tail))
    sums = [sum_of_penalty + k for k in range(len(penalties))]
    for k in reversed(range(len(penalties))):
        each = plan.penalties[k]
        code += store(i32(0), load(i32(0), addresses[k]), term + 8) + put(sums[k], _start(each))
        body = get(row) + wasm.call(penalties[k])
        body += put(sums[k], wasm.add(get(sums[k]), load(i32(0), term)))
        code += wasm.count_up(row, i32(0), i32(8 * plan.parameters), body, 8)
        code += _tail(each.tail, sums[k], i32(0), addresses[k] + 8)

    # Rows, from the last to the first.
    code += store(i32(0), load(get(tail)), term + 8) + put(right, f64(0.0))
    place = wasm.i_mul(wasm.load_i32(get(entry)), i32(stride))
    body = put(row, wasm.i_add(place, i32(layout["rows"]))) + get(row) + wasm.call(train)
    offset = wasm.i_shift(wasm.i_sub(get(entry), get(begin)), 1)
    body += store(offset, load(i32(0), term), layout["terms"])
    body += put(right, wasm.add(get(right), get(row) + wasm.call(is_right)))
    code += wasm.count_down(entry, get(end), get(begin), body, 4)

    # The loss.
    code += put(loss, _start(plan.loss))
    n_bytes = wasm.i_shift(wasm.i_sub(get(end), get(begin)), 1)
    body = put(loss, wasm.add(get(loss), load(get(entry), layout["terms"])))
    code += wasm.count_up(entry, i32(0), n_bytes, body, 8)
    code += _tail(plan.loss.tail, loss, get(tail), 8)
    code += store(i32(0), get(loss), last)
    code += put(total, get(loss)) + put(penalty, f64(-0.0 if penalties else 0.0))
    for k in range(len(penalties)):
        code += put(total, wasm.add(get(total), get(sums[k])))
        code += put(penalty, wasm.add(get(penalty), get(sums[k])))
    code += store(i32(0), get(penalty), last + 8) + store(i32(0), get(right), last + 16)

    # Nothing moves if a number is not finite: x - x is 0 only for one that is.
    code += wasm.when(wasm.is_zero(wasm.is_finite(get(total))), wasm.leave_with(get(step)))
    gradient = load(get(entry), grads)
    body = put(total, wasm.add(get(total), wasm.sub(gradient, gradient)))
    code += put(total, f64(0.0)) + wasm.count_up(entry, i32(0), i32(grad_bytes), body, 8)
    code += wasm.when(wasm.is_zero(wasm.is_finite(get(total))), wasm.leave_with(get(step)))

    # Move, and count.
    rate = load(get(step), 16)
    code += store(i32(0), wasm.add(load(i32(0), clock), f64(1.0)), clock)
    code += rate + load(i32(0), clock) + wasm.call(move)
    rows = wasm.to_f64(wasm.i_sub(get(end), get(begin)))
    part = wasm.mul(wasm.mul(rows, f64(0.25)), get(loss))
    code += store(i32(0), wasm.add(load(i32(0), clock + 8), part), clock + 8)
    code += store(i32(0), wasm.add(load(i32(0), clock + 16), get(right)), clock + 16)

    # The end of an epoch.
    numbers = [rate, load(i32(0), clock + 8), load(i32(0), clock + 16)]
    body = wasm.call(test) if plan.test_rows else b""
    numbers += [load(i32(0), layout["tests"]), load(i32(0), layout["tests"] + 8)]
    body += b"".join(store(get(epoch), number, 8 * i) for i, number in enumerate(numbers))
    body += put(epoch, wasm.i_add(get(epoch), i32(8 * len(numbers))))
    body += store(i32(0), f64(0.0), clock + 8) + store(i32(0), f64(0.0), clock + 16)
    code += wasm.when(wasm.load_i32(get(step), 12), body)

    steps = wasm.count_up(step, get(step), get(end_of_steps), code, STEP.size)
    return Function(I32 * 3, I32, steps + get(step), integers=5, floats=4 + max(1, len(penalties)))


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
