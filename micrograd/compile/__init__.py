"""Trace once, run at machine speed: a graph of `Value`s compiled to WebAssembly.

`tape` writes a graph down as a list of operations, and `tracing` does so for a model and a loss.
`straight` turns a tape into code, `rule` an optimiser, with the instructions in `wasm` and the
formulas in `arithmetic`. `program` puts everything that a step does into one module, and `machine`
runs it. `training` keeps a trainer and its program in step, `check` compares the first step with
the engine's, and `compilation` decides. `pictures` asks for many points at once, and `gradients`
for the derivatives of their losses by the neurons, with a module of its own.

Where rows are coupled, `unrolling` writes down a whole batch, and `unrolled` makes the steps with
it: by the `interpreter`, one module for every tape, and the `mover`, an optimiser alone. `graph`
lets the interpreter run any other graph.

The idea is that of `torch.compile` and `jax.jit`.
"""
