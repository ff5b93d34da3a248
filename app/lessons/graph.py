# %% tags=["setup"]
"""Lesson 2: expressions leave a graph behind."""

from micrograd.engine import Value

# %% [markdown] id="graph-title"
# # Computational graph
#
# Operations can be chained: the result of one is an [operand](term:operand) of the next. Python evaluates an
# expression one operation at a time, and the engine notes each of them: what was computed, from
# which operands. So every expression leaves a graph behind.

# %% [markdown] id="question-nodes" kind="question"
# The first expression is `L = (a*b + c) * f`. How many nodes will its graph have?
#
# - [ ] 3: Those are the operations. The numbers that are given are nodes, too.
# - [ ] 4: Those are the numbers that are given. Every operation makes a node, too.
# - [x] 7
# - [ ] 8: Neither brackets nor the equals sign make a node.
#
# Seven: one for each of the four numbers that are given, and one for each of the three operations. Brackets
# make no node, and neither does `=`.

# %% [markdown] tags=["page"]
# Type an expression of your own, and watch its graph grow.

# %% [markdown] figure="graph"

# %% tags=["notebook"]
a, b, c, f = Value(2.0), Value(-3.0), Value(10.0), Value(-2.0)
L = (a * b + c) * f
L

# %% [markdown]
# The [leaves](term:leaf) on the left are the numbers that were given.

# %% [markdown] tags=["page"]
# Drag one, or press Enter on it and type: the engine computes the expression again, and every number that
# depends on it follows. Point at a node, and all that it was computed from lights up, together with its way to
# the output.

# %% [markdown]
# What the engine notes is a list of operands in each result. Look at it, and at the operands of
# the operands.

# %% cell="graph-1"
x = Value(0.5)
s = 1 / (1 + (-x).exp())
print(s._op, s._prev)
s

# %% [markdown] id="what-is-a-leaf"
# ## What is a leaf?
#
# A value that was given, and not computed: it has no operands. The backward pass ends at the leaves, and
# training moves nothing but leaves. So `w = w - 0.5` is not how a weight is moved: it makes a new node, with
# the old leaf as its operand, and in the next step another one on top. Write to `w.data` instead: then
# `w` is the leaf that it was.

# %% cell="graph-3"
w = Value(2.0)
v = w - 0.5
v.backward()
print(len(w._prev), len(v._prev))
v

# %% [markdown] kind="remember"
# - An expression leaves a graph behind: a node for each operation, an edge for each operand.
# - A leaf was given; every other node was computed from its operands.
# - Every forward pass makes the graph anew.

# %% cell="graph-2" exercise="multiplication"
# What it asks for stands in the file of this name in exercises/.
