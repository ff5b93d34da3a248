# %% tags=["setup"]
"""Lesson 3: the way back, one contribution at a time."""

from micrograd.engine import Value

# %% [markdown] id="backpropagation-title"
# # Backpropagation
#
# Now the question from the top of the page: if one of these numbers were a little larger, how much
# larger would <var>L</var> be? For <var>L</var> itself the answer is 1. From there the engine
# walks back through the graph. Each node passes its gradient on to its operands, multiplied by the
# local derivative on the edge: what comes from [upstream](term:upstream-gradient), times what the operation knows. That product is the [chain rule](term:chain-rule), and it is all there is to it.

# %% [markdown] id="question-gradient" kind="question"
# In `L = (a*b + c) * f`, <var>c</var> is 10 and <var>f</var> is −2. What will the gradient of <var>c</var> be?
#
# - [ ] 1: That is the gradient of L. On the way to c it is multiplied.
# - [x] −2
# - [ ] 10: That is the data of c. A gradient is something else.
# - [ ] −20: That is c times f. The data of c does not come into it.
#
# The product passes on what <var>L</var> has, 1, times its other operand, <var>f</var>: −2. The sum passes on
# what comes to it, unchanged.

# %% [markdown] figure="backpropagation"

# %% tags=["notebook"]
a, b, c, f = Value(2.0), Value(-3.0), Value(10.0), Value(-2.0)
L = (a * b + c) * f
L.backward()
L

# %% [markdown]
# A node that is used twice gets a share from each use, and the shares are added: they [accumulate](term:accumulate). This is why a
# node may pass its gradient on only when all who use it have contributed: then it is complete. The
# engine takes the nodes from the newest to the oldest, and an operand is always older than what
# was made from it.

# %% [markdown] id="accidents-title" tags=["page"]
# ## Four classic accidents
#
# Everybody who writes an engine or a training loop makes these once. Each pair below is two real
# runs: on the left as it should be, on the right with the fault. The first wrong number is marked.

# %% [markdown] figure="accidents"

# %% [markdown] id="why-topological-order"
# ## Why does the order matter?
#
# Because a node that passes its gradient on before it is complete passes on too little, or the same share
# twice. Where each node waits for all who use it, that is a
# [topological order](term:topological-order). Two lines are enough to see why. In Python the whole backward pass is one call. Predict what it
# prints, then run it.

# %% cell="backpropagation-1"
a = Value(3.0)
b = a + a
c = b + b
c.backward()
print(a.grad)
c

# %% [markdown]
# Each line doubles, so 4 is right. Now an engine that passes every share on at once: <var>b</var> gets its
# first share, 1, and hands it down; then its second, has 2, and hands that down as well. What arrives is 6.


# %% cell="backpropagation-3"
def push(node, share):
    node.grad += share
    for operand, local in zip(node._prev, node._local):
        push(operand, local * node.grad)  # too early: another share may come


a = Value(3.0)
b = a + a
c = b + b
push(c, 1.0)
print(a.grad)

# %% [markdown] id="why-add"
# ## Why += and not =?
#
# Because a value that is used twice works in two ways, and the output feels both. Here <var>a</var> counts
# <var>b</var> times in the product and once more in the sum: −3 + 1. With `=`, whichever share comes last
# would wipe out the other one.

# %% [markdown] tags=["page"]
# Among the four accidents above is this one, run both ways.

# %% cell="backpropagation-4"
a = Value(2.0)
b = Value(-3.0)
c = a * b + a
c.backward()
print(a.grad)
c

# %% [markdown] id="backward-twice"
# ## What happens when backward() is called twice?
#
# The leaves have everything twice. That is on purpose: it is how the gradients of many rows, or of two
# losses, add up. The nodes in between begin at zero in each call, so they have it once. (An engine that
# lets those add up as well, as the first ones that people write do, has more than twice in the leaves.)

# %% cell="backpropagation-5"
a = Value(2.0)
b = a * 3.0
c = b * b
c.backward()
print(a.grad, b.grad)
c.backward()
print(a.grad, b.grad)
c

# %% [markdown] kind="remember"
# - Begin with 1 at the output; then each node passes on its gradient times the local derivative.
# - Shares are added, so a node’s turn comes when all who use it have had theirs.
# - Leaves keep adding up until somebody sets them to zero.

# %% cell="backpropagation-2" exercise="backward"
# What it asks for stands in the file of this name in exercises/.
