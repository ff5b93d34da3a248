"""The loop of a program over the steps of a training.

Rows run from the last to the first, each forward and backward in one go: a loss that is a sum over
rows has the same gradient at every row, known before. That is the order in which the engine
accumulates, newest first, so that the sums have the same digits. The loss itself is added up
afterwards, from the first row on.
"""

from __future__ import annotations

from typing import NamedTuple

from micrograd.compile import wasm
from micrograd.compile.memory import STEP, Layout, Plan, stride_of
from micrograd.compile.sums import start_of, tail_of
from micrograd.compile.wasm import I32, Function, f64, get, i32, load, put, store

# The locals. Steps and epochs are given by their addresses; the penalties' sums are the last.
_STEP, _END_OF_STEPS, _EPOCH, _BEGIN, _END, _ENTRY, _TAIL, _ROW = range(8)
_LOSS, _PENALTY, _TOTAL, _RIGHT, _SUMS = range(8, 13)


class Calls(NamedTuple):
    """The functions that a step calls, by their numbers."""

    train: int
    penalties: list[int]
    is_right: int
    move: int
    test: int


def run(plan: Plan, layout: Layout, calls: Calls) -> Function:
    """(first step, end, epoch) -> the step before which it stopped: something was not finite."""
    code = put(_BEGIN, wasm.load_i32(get(_STEP), 0)) + put(_END, wasm.load_i32(get(_STEP), 4))
    code += put(_TAIL, wasm.load_i32(get(_STEP), 8))
    code += wasm.fill_zero(*map(i32, layout.region("grad")))
    for part in (_penalties, _rows, _loss, _stop_if_not_finite, _move, _end_epoch):
        code += part(plan, layout, calls)
    steps = wasm.count_up(_STEP, get(_STEP), get(_END_OF_STEPS), code, STEP.size)
    floats = 4 + max(1, len(calls.penalties))
    return Function(I32 * 3, I32, steps + get(_STEP), integers=5, floats=floats)


def _penalties(plan: Plan, layout: Layout, calls: Calls) -> bytes:
    """Add up the penalties: the newest first, as in the engine."""
    code = b""
    constants, addresses = layout["penalties"], []
    for each in plan.penalties:
        addresses.append(constants)
        constants += 8 * (1 + len(each.tail))
    term = layout["term"]
    for k in reversed(range(len(calls.penalties))):
        each, total = plan.penalties[k], _SUMS + k
        code += store(i32(0), load(i32(0), addresses[k]), term + 8) + put(total, start_of(each))
        body = get(_ROW) + wasm.call(calls.penalties[k])
        body += put(total, wasm.add(get(total), load(i32(0), term)))
        code += wasm.count_up(_ROW, i32(0), i32(8 * plan.parameters), body, 8)
        code += tail_of(each.tail, total, i32(0), addresses[k] + 8)
    return code


def _rows(plan: Plan, layout: Layout, calls: Calls) -> bytes:
    """Take the rows of the batch forward and backward, from the last to the first."""
    term = layout["term"]
    code = store(i32(0), load(get(_TAIL)), term + 8) + put(_RIGHT, f64(0.0))
    place = wasm.i_mul(wasm.load_i32(get(_ENTRY)), i32(stride_of(plan)))
    body = put(_ROW, wasm.i_add(place, i32(layout["rows"]))) + get(_ROW) + wasm.call(calls.train)
    offset = wasm.i_shift(wasm.i_sub(get(_ENTRY), get(_BEGIN)), 1)
    body += store(offset, load(i32(0), term), layout["terms"])
    body += put(_RIGHT, wasm.add(get(_RIGHT), get(_ROW) + wasm.call(calls.is_right)))
    return code + wasm.count_down(_ENTRY, get(_END), get(_BEGIN), body, 4)


def _loss(plan: Plan, layout: Layout, calls: Calls) -> bytes:
    """Add up the loss, the penalties, and both together."""
    last = layout["last"]
    code = put(_LOSS, start_of(plan.loss))
    n_bytes = wasm.i_shift(wasm.i_sub(get(_END), get(_BEGIN)), 1)
    body = put(_LOSS, wasm.add(get(_LOSS), load(get(_ENTRY), layout["terms"])))
    code += wasm.count_up(_ENTRY, i32(0), n_bytes, body, 8)
    code += tail_of(plan.loss.tail, _LOSS, get(_TAIL), 8)
    code += store(i32(0), get(_LOSS), last)
    code += put(_TOTAL, get(_LOSS)) + put(_PENALTY, f64(-0.0 if calls.penalties else 0.0))
    for k in range(len(calls.penalties)):
        code += put(_TOTAL, wasm.add(get(_TOTAL), get(_SUMS + k)))
        code += put(_PENALTY, wasm.add(get(_PENALTY), get(_SUMS + k)))
    return code + store(i32(0), get(_PENALTY), last + 8) + store(i32(0), get(_RIGHT), last + 16)


def _stop_if_not_finite(plan: Plan, layout: Layout, calls: Calls) -> bytes:
    """Move nothing if a number is not finite: x - x is 0 only for one that is."""
    grads, grad_bytes = layout.region("grad")
    stop = wasm.when(wasm.is_zero(wasm.is_finite(get(_TOTAL))), wasm.leave_with(get(_STEP)))
    gradient = load(get(_ENTRY), grads)
    body = put(_TOTAL, wasm.add(get(_TOTAL), wasm.sub(gradient, gradient)))
    sum_up = put(_TOTAL, f64(0.0)) + wasm.count_up(_ENTRY, i32(0), i32(grad_bytes), body, 8)
    return stop + sum_up + stop


def _move(plan: Plan, layout: Layout, calls: Calls) -> bytes:
    """Move the parameters, and count the step, its rows' losses and its right answers."""
    clock = layout["clock"]
    code = store(i32(0), wasm.add(load(i32(0), clock), f64(1.0)), clock)
    code += _rate() + load(i32(0), clock) + wasm.call(calls.move)
    rows = wasm.to_f64(wasm.i_sub(get(_END), get(_BEGIN)))
    part = wasm.mul(wasm.mul(rows, f64(0.25)), get(_LOSS))
    code += store(i32(0), wasm.add(load(i32(0), clock + 8), part), clock + 8)
    return code + store(i32(0), wasm.add(load(i32(0), clock + 16), get(_RIGHT)), clock + 16)


def _end_epoch(plan: Plan, layout: Layout, calls: Calls) -> bytes:
    """Where a step ends an epoch, measure the test rows and write down what there is to tell."""
    clock, tests = layout["clock"], layout["tests"]
    numbers = [_rate(), load(i32(0), clock + 8), load(i32(0), clock + 16)]
    numbers += [load(i32(0), tests), load(i32(0), tests + 8)]
    body = wasm.call(calls.test) if plan.test_rows else b""
    body += b"".join(store(get(_EPOCH), number, 8 * i) for i, number in enumerate(numbers))
    body += put(_EPOCH, wasm.i_add(get(_EPOCH), i32(8 * len(numbers))))
    body += store(i32(0), f64(0.0), clock + 8) + store(i32(0), f64(0.0), clock + 16)
    return wasm.when(wasm.load_i32(get(_STEP), 12), body)


def _rate() -> bytes:
    return load(get(_STEP), 16)
