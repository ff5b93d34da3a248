"""Everything that training does, in one module of WebAssembly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from micrograd.compile import loops, wasm
from micrograd.compile.arithmetic import LIBM
from micrograd.compile.memory import Layout, Plan, lay_out
from micrograd.compile.module import module
from micrograd.compile.rule import Rule, rule_of, update
from micrograd.compile.straight import ROW, Place, Straight
from micrograd.compile.tape import Node, Tape
from micrograd.compile.wasm import Function, f64, get, i32, load, store


class Program(NamedTuple):
    code: bytes
    layout: Layout
    rule: Rule


def build(plan: Plan) -> Program:
    layout = lay_out(plan)
    rule = rule_of(plan.optimiser, layout.__getitem__)
    builder = _Builder(plan, layout)
    loss = [builder.define(builder.loss(tape)) for tape in plan.loss.tapes]
    apply_loss = wasm.cases(
        wasm.to_i32(load(get(ROW), 8 * (plan.inputs + 1))),
        [get(ROW) + wasm.call(f) for f in loss],
    )
    train = builder.define(builder.model(apply_loss))
    look = builder.define(builder.model(None))
    penalties = [builder.define(builder.penalty(k)) for k in range(len(plan.penalties))]
    is_right = builder.define([loops.is_right(plan, layout)])
    move = builder.define([update(rule, plan.parameters)])
    test = builder.define([loops.test(plan, layout, look, apply_loss, is_right)])
    run = builder.define([loops.run(plan, layout, train, penalties, is_right, move, test)])
    picture = builder.define([loops.picture(plan, layout, look)])
    layout.add("spilled", builder.scratch // 8)
    code = module(
        LIBM, builder.functions, {"run": run, "test": test, "picture": picture}, layout.size
    )
    return Program(code, layout, rule)


class _Builder:
    """Numbers functions, and hands out memory after the end of the layout."""

    def __init__(self, plan: Plan, layout: Layout) -> None:
        self.functions: list[Function] = []
        self.scratch = 0
        self._plan = plan
        self._layout = layout

    def define(self, functions: Sequence[Function]) -> int:
        """Add functions, and return the number of the last one."""
        self.functions += functions
        return len(LIBM) + len(self.functions) - 1

    def model(self, loss: bytes | None) -> list[Function]:
        """Forward, loss, backward; or without a loss forward only, and every neuron is kept."""
        plan, layout = self._plan, self._layout
        outputs = list(enumerate(plan.model.outputs))
        sinks: dict[int, list[Place]] = {i: [] for _, i in outputs}
        for k, i in outputs:
            sinks[i].append((i32(0), layout["outputs"] + 8 * k))
        seeds: dict[int, list[bytes]] = {}
        if loss is None:
            for k, i in enumerate(plan.model.kept):
                sinks.setdefault(i, []).append((i32(0), layout["neurons"] + 8 * k))
        else:
            for k, i in outputs:
                seeds.setdefault(i, []).append(load(i32(0), layout["upstream"] + 8 * k))
            loss = (
                b"".join(store(i32(0), f64(0.0), layout["upstream"] + 8 * k) for k, _ in outputs)
                + loss
            )

        def place_of(leaf: Node) -> Place:
            if leaf.op == "input":
                return get(ROW), 8 * leaf.place
            return i32(0), layout["data"] + 8 * leaf.place

        def gradient_of(leaf: Node) -> Place | None:
            if leaf.op == "input" or leaf.place >= plan.parameters:
                return None
            return i32(0), layout["grad"] + 8 * leaf.place

        return self._straight(plan.model, place_of, gradient_of, sinks, seeds, loss or b"")

    def loss(self, tape: Tape) -> list[Function]:
        """One row's part of the loss, and the gradients of the model's outputs."""
        plan, layout = self._plan, self._layout
        outputs = len(plan.model.outputs)

        def place_of(leaf: Node) -> Place:
            if leaf.op == "input":
                return i32(0), layout["outputs"] + 8 * leaf.place
            return get(ROW), 8 * (plan.inputs + 2 + leaf.place)  # a column

        def gradient_of(leaf: Node) -> Place | None:
            return (i32(0), layout["upstream"] + 8 * leaf.place) if leaf.op == "input" else None

        assert outputs
        return self._term(tape, place_of, gradient_of)

    def penalty(self, k: int) -> list[Function]:
        """One parameter's part of a penalty; in the place of a row stands its offset."""
        layout = self._layout
        return self._term(
            self._plan.penalties[k].tapes[0],
            lambda leaf: (get(ROW), layout["data"]),
            lambda leaf: (get(ROW), layout["grad"]),
        )

    def _term(
        self,
        tape: Tape,
        place_of: Callable[[Node], Place],
        gradient_of: Callable[[Node], Place | None],
    ) -> list[Function]:
        (output,) = tape.outputs
        term = self._layout["term"]
        seeds = {output: [load(i32(0), term + 8)]}
        return self._straight(tape, place_of, gradient_of, {output: [(i32(0), term)]}, seeds, b"")

    def _straight(
        self,
        tape: Tape,
        place_of: Callable[[Node], Place],
        gradient_of: Callable[[Node], Place | None],
        sinks: dict[int, list[Place]],
        seeds: dict[int, list[bytes]],
        between: bytes,
    ) -> list[Function]:
        straight = Straight(
            tape,
            place_of,
            gradient_of,
            scratch=self._layout.size + self.scratch,
            sinks=sinks,
            seeds=seeds,
        )
        functions = straight.functions(len(LIBM) + len(self.functions), between)
        self.scratch += straight.size
        return functions
