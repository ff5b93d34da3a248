"""Everything that training does, in one module of WebAssembly; and what pictures need beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from micrograd.compile import descent, loops, wasm
from micrograd.compile.arithmetic import LIBM
from micrograd.compile.descent import Calls
from micrograd.compile.memory import Layout, Plan, lay_out, stride_of
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
    apply_loss = builder.apply_loss()
    train = builder.define(builder.train(apply_loss))
    look = builder.define(builder.look())
    penalties = [builder.define(builder.penalty(k)) for k in range(len(plan.penalties))]
    is_right = builder.define([loops.is_right(plan, layout)])
    move = builder.define([update(rule, plan.parameters)])
    test = builder.define([loops.test(plan, layout, look, apply_loss, is_right)])
    calls = Calls(train, penalties, is_right, move, test)
    run = builder.define([descent.run(plan, layout, calls)])
    picture = builder.define([loops.picture(plan, layout, look, 8 * plan.inputs)])
    code = builder.module({"run": run, "test": test, "picture": picture})
    return Program(code, layout, rule)


def build_gradients(plan: Plan) -> tuple[bytes, Layout]:
    """Return a module whose "picture" has the derivatives of each row's loss by the neurons."""
    layout = lay_out(plan)
    builder = _Builder(plan, layout)
    differentiate = builder.define(builder.differentiate(builder.apply_loss(has_term=False)))
    picture = builder.define([loops.picture(plan, layout, differentiate, stride_of(plan))])
    return builder.module({"picture": picture}), layout


class _Builder:
    """Numbers functions, and hands out memory after the end of the layout."""

    def __init__(self, plan: Plan, layout: Layout) -> None:
        self._plan = plan
        self._layout = layout
        self._functions: list[Function] = []
        self._scratch = 0

    def define(self, functions: Sequence[Function]) -> int:
        """Add functions, and return the number of the last one."""
        self._functions += functions
        return len(LIBM) + len(self._functions) - 1

    def module(self, exports: Mapping[str, int]) -> bytes:
        self._layout.add("spilled", self._scratch // 8)
        return module(LIBM, self._functions, exports, self._layout.size)

    # What is done with a row. Outputs and neurons stand in memory, each list at its address.

    def train(self, apply_loss: bytes) -> list[Function]:
        """Forward, loss, backward to the parameters."""

        def gradient_of(leaf: Node) -> Place | None:
            if leaf.op == "input" or leaf.place >= self._plan.parameters:
                return None
            return i32(0), self._layout["grad"] + 8 * leaf.place

        outputs = self._plan.model.outputs
        return self._straight(
            self._plan.model,
            self._place_of,
            gradient_of,
            sinks=self._list("outputs", outputs),
            seeds=self._seeds(),
            between=self._zero("upstream", outputs) + apply_loss,
        )

    def look(self) -> list[Function]:
        """Forward only, and every neuron is kept."""
        sinks = self._list("outputs", self._plan.model.outputs)
        for i, places in self._list("neurons", self._plan.neurons).items():
            sinks.setdefault(i, []).extend(places)
        return self._straight(self._plan.model, self._place_of, sinks=sinks)

    def differentiate(self, apply_loss: bytes) -> list[Function]:
        """Forward, loss, backward to the neurons: each one's gradient takes its place."""
        outputs, neurons = self._plan.model.outputs, self._plan.neurons
        places = self._list("neurons", neurons)
        return self._straight(
            self._plan.model,
            self._place_of,
            sinks=self._list("outputs", outputs),
            seeds=self._seeds(),
            gradients={i: first for i, (first, *_) in places.items()},
            between=self._zero("upstream", outputs) + self._zero("neurons", neurons) + apply_loss,
        )

    def _place_of(self, leaf: Node) -> Place:
        if leaf.op == "input":
            return get(ROW), 8 * leaf.place
        return i32(0), self._layout["data"] + 8 * leaf.place

    def _list(self, name: str, nodes: Sequence[int]) -> dict[int, list[Place]]:
        """Return the places of each node's number; the same node may be listed twice."""
        places: dict[int, list[Place]] = {i: [] for i in nodes}
        for k, i in enumerate(nodes):
            places[i].append((i32(0), self._layout[name] + 8 * k))
        return places

    def _seeds(self) -> dict[int, list[bytes]]:
        places = self._list("upstream", self._plan.model.outputs)
        return {i: [load(*place) for place in each] for i, each in places.items()}

    def _zero(self, name: str, nodes: Sequence[int]) -> bytes:
        address = self._layout[name]
        return b"".join(store(i32(0), f64(0.0), address + 8 * k) for k in range(len(nodes)))

    # Terms of a sum.

    def apply_loss(self, *, has_term: bool = True) -> bytes:
        """Define the loss for each variant of a row, and return the code that calls the row's.

        Without its term it finds the gradients alone, and computes nothing else.
        """
        functions = [self.define(self._loss(tape, has_term)) for tape in self._plan.loss.tapes]
        variant = wasm.to_i32(load(get(ROW), 8 * (self._plan.inputs + 1)))
        return wasm.cases(variant, [get(ROW) + wasm.call(f) for f in functions])

    def _loss(self, tape: Tape, has_term: bool) -> list[Function]:
        """One row's part of the loss, and the gradients of the model's outputs."""
        plan, layout = self._plan, self._layout

        def place_of(leaf: Node) -> Place:
            if leaf.op == "input":
                return i32(0), layout["outputs"] + 8 * leaf.place
            return get(ROW), 8 * (plan.inputs + 2 + leaf.place)  # a column

        def gradient_of(leaf: Node) -> Place | None:
            return (i32(0), layout["upstream"] + 8 * leaf.place) if leaf.op == "input" else None

        return self._term(tape, place_of, gradient_of, has_term)

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
        has_term: bool = True,
    ) -> list[Function]:
        (output,) = tape.outputs
        term = self._layout["term"]
        return self._straight(
            tape,
            place_of,
            gradient_of,
            sinks={output: [(i32(0), term)]} if has_term else {},
            seeds={output: [load(i32(0), term + 8)]},
        )

    def _straight(
        self,
        tape: Tape,
        place_of: Callable[[Node], Place],
        gradient_of: Callable[[Node], Place | None] = lambda leaf: None,
        *,
        sinks: Mapping[int, list[Place]],
        seeds: Mapping[int, list[bytes]] | None = None,
        gradients: Mapping[int, Place] | None = None,
        between: bytes = b"",
    ) -> list[Function]:
        straight = Straight(
            tape,
            place_of,
            gradient_of,
            scratch=self._layout.size + self._scratch,
            sinks=sinks,
            seeds=seeds,
            gradients=gradients,
        )
        functions = straight.functions(len(LIBM) + len(self._functions), between)
        self._scratch += straight.size
        return functions
