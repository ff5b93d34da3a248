# %% tags=["setup"]
"""Lesson 6: your own, and from here to PyTorch."""

from micrograd.engine import Value

# %% [markdown] id="workbench-title"
# # Workbench
#
# Your own Python, with the engine at hand. A cell runs as in a notebook: Ctrl+Enter runs it,
# Shift+Enter goes on to the next one, and all cells share their variables. What stands in the last
# line is shown; a `Value` shows its graph, with everything that the figure above can do.

# %% cell="workbench-1"
a = Value(2.0)
b = Value(-3.0)
L = (a * b + 10) * b
L

# %% cell="workbench-2"
for step in range(5):
    L = (a * b + 10) * b
    a.grad = 0.0
    L.backward()
    a.data -= 0.01 * a.grad
    print(step, a.data, L.data)

# %% cell="workbench-3" exercise="neuron"
# What it asks for stands in the file of this name in exercises/.

# %% cell="workbench-4" exercise="training_loop"
# What it asks for stands in the file of this name in exercises/.

# %% [markdown] figure="cells"

# %% [markdown] id="from-here-to-pytorch"
# ## What does PyTorch do differently?
#
# The idea is the same: operations note what they did, and `backward()` walks back. What differs:
#
# - A node is a whole array of numbers, a *tensor*, and an operation on two of them is one node, however many numbers there are. That is where its speed comes from.
# - Numbers have 32 bits unless you ask for more; here they have 64, so the last digits differ.
# - Only leaves that were made with `requires_grad=True` keep a gradient, and it is `None` until the first backward pass; a node in between keeps one after `retain_grad()`.
# - The graph is freed by `backward()`. A second call raises a `RuntimeError`, unless the first one said `retain_graph=True`.
# - At 0, the slope of ReLU is 0 in both.
#
# So this cell becomes PyTorch with two changes: `Value(2.0)` is `torch.tensor(2.0, requires_grad=True)`, and a
# number is read with `.item()`.

# %% cell="workbench-5"
a = Value(2.0)
b = Value(-3.0)
L = (a * b + 10.0) * b
L.backward()
print(L.data, a.grad, b.grad)
L

# %% [markdown] id="engine-title"
# ## The engine itself
#
# All that computes on this page stands in two files, and you can change them. Break something: let
# a gradient overwrite instead of adding up, with `=` for `+=`. Or add an operation. While your
# engine is in force, every figure and every cell runs on it, except the accidents above. The
# gradient check tries out each operation and each rule, and compares with numbers that it measures
# without the engine.

# %% [markdown] figure="engine"
