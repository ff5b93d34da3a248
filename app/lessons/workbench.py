# %% tags=["setup"]
"""Lesson 6: your own, and from here to PyTorch."""

from micrograd.engine import Value

# %% [markdown] id="workbench-title"
# # Workbench
#
# Your own Python, with the engine at hand. What stands in the last line of a cell is shown; a `Value` shows its
# graph.

# %% [markdown] tags=["page"]
# A cell runs as in a notebook: Ctrl+Enter runs it, Shift+Enter goes on to the next one, and all cells share
# their variables. A graph here can do everything that the figures above can.

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

# %% [markdown] figure="cells"

# %% [markdown] id="question-pytorch" kind="question"
# In PyTorch, `L.backward()` is called twice, just like that. What happens the second time?
#
# - [ ] the leaves have everything twice: That is so here. There, something stands in the way.
# - [x] it raises an error
# - [ ] nothing: That would leave you with gradients of which you think that they were added.
#
# The first call has let go of the graph, to save memory, and the error says so. With `retain_graph=True` in the
# first call the second one works, and then the leaves do have everything twice.

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

# %% cell="workbench-3"
a = Value(2.0)
b = Value(-3.0)
L = (a * b + 10.0) * b
L.backward()
print(L.data, a.grad, b.grad)
L

# %% [markdown] id="same-network"
# ## The same network in both
#
# Here is the network of the lecture and its four rows, with weights that everybody can draw again. The cell
# trains it with micrograd, and prints the loss of each step.

# %% cell="workbench-4"
import random

from micrograd.data import lecture
from micrograd.nn import MLP

rng = random.Random(1337)
model = MLP(3, [4, 4, 1], activation=["tanh", "tanh", "tanh"])
for p in model.parameters():
    p.data = rng.uniform(-1, 1)
rows = lecture()
for step in range(5):
    loss = sum((model(x) - y) ** 2 for x, y in zip(rows.inputs, rows.targets))
    model.zero_grad()
    loss.backward()
    for p in model.parameters():
        p.data -= 0.05 * p.grad
    print(step, loss.data)

# %% [markdown]
# And here is the same program for PyTorch, which does not run here. What it prints was computed beforehand, with
# PyTorch 2.13.0, and stands below it. Only the last digit or two differ: a tensor adds its numbers in another order.
#
# ```python
# import random
#
# import torch
#
# torch.set_default_dtype(torch.float64)
# rng = random.Random(1337)
# sizes = [3, 4, 4, 1]
# linear = [torch.nn.Linear(nin, nout) for nin, nout in zip(sizes, sizes[1:])]
# with torch.no_grad():
#     for layer in linear:
#         for w, b in zip(layer.weight, layer.bias):
#             w.copy_(torch.tensor([rng.uniform(-1, 1) for _ in w]))
#             b.fill_(rng.uniform(-1, 1))
# parts = [part for layer in linear for part in (layer, torch.nn.Tanh())]
# model = torch.nn.Sequential(*parts)
# optimiser = torch.optim.SGD(model.parameters(), lr=0.05)
# x = torch.tensor([[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]])
# y = torch.tensor([1.0, -1.0, -1.0, 1.0])
# for step in range(5):
#     loss = ((model(x).squeeze() - y) ** 2).sum()
#     optimiser.zero_grad()
#     loss.backward()
#     optimiser.step()
#     print(step, loss.item())
# ```
#
# ```text
# 0 6.005402783252285
# 1 4.448280639552251
# 2 3.038719710839991
# 3 2.711303490126471
# 4 2.4876748087670215
# ```

# %% [markdown] id="what-does-compiling-do"
# ## What does compiling do?
#
# PyTorch is fast because one of its nodes does the work of thousands of ours. There is another way. The graph of a
# step is the same each time, only its numbers differ. So build it once, write down its operations as a flat list,
# and make a program of that list, with no object in it. The figure of Training runs like this, and
# `torch.compile` does the same on a larger scale. The cell makes 20 steps both ways, on this machine: the losses
# are equal to the last digit, the times are not.

# %% cell="workbench-5" live=true
import time

from micrograd.data import moons
from micrograd.nn import MLP
from micrograd.train import SGD, Trainer, hinge

seconds = []
for compiled in (False, True):
    model = MLP(2, [8, 8, 1], seed=1)
    optimiser = SGD(model.parameters(), lr=0.1)
    data = moons(100, seed=1).as_signs()
    trainer = Trainer(model, data, loss=hinge, optimiser=optimiser, batch_size=20, compile=compiled)
    trainer.step()  # the first one builds what the others use
    begin = time.perf_counter()
    trainer.run_steps(20)
    seconds.append(time.perf_counter() - begin)
    print("compiled" if compiled else "node by node", trainer.history[-1].train_loss, seconds[-1])
print("times as fast:", seconds[0] / seconds[1])

# %% [markdown] kind="remember"
# - PyTorch does what this engine does, with a whole array of numbers in each node.
# - Gradients add up there as well, so every step sets them to zero.
# - A graph that is the same each time can be compiled, and its digits stay the same.

# %% [markdown] id="engine-title" tags=["page"]
# ## The engine itself
#
# All that computes on this page stands in two files, and you can change them. Break something: let
# a gradient overwrite instead of adding up, with `=` for `+=`. Or add an operation. While your
# engine is in force, every figure and every cell runs on it, except the accidents above. The
# gradient check tries out each operation and each rule, and compares with numbers that it measures
# without the engine.

# %% [markdown] figure="engine"
