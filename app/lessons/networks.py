# %% tags=["setup"]
"""Lesson 4: neurons, layers, and the graph in them."""

from micrograd.engine import Value

# %% [markdown] id="networks-title"
# # Neural networks
#
# A *neuron* takes some numbers in and gives one. It multiplies each input by a [weight](term:weight), adds the
# products and one more number of its own, the [bias](term:bias), and bends the sum with an [activation](term:activation), such
# as a <i>tanh</i>. That is all. You know each of these operations, and how a gradient passes back
# through it.
#
# Neurons that look at the same inputs stand side by side in a [layer](term:layer). What one layer gives, the
# next one takes in: this is a *multi-layer perceptron*, an `MLP`. Below is one. Each wire is a weight, drawn <b class="positive">blue</b>
# where it is positive, <b class="negative">orange</b> and dashed where it is negative, and wider the larger
# it is; the small square at a neuron’s corner is its bias.

# %% [markdown] id="question-parameters" kind="question"
# It takes three numbers in, has two layers of four neurons, and one neuron gives the output. How many
# parameters does it have?
#
# - [ ] 9: Those are the neurons. Each of them has several parameters.
# - [ ] 32: Those are the weights. Each neuron has a bias, too.
# - [x] 41
#
# It has 41. A neuron has a weight for each of its inputs, and a bias: 4 × (3 + 1) in the first layer,
# 4 × (4 + 1) in the second, and 4 + 1 at the end.

# %% [markdown] tags=["page"]
# Four rows of data are to be learnt, and the first of them goes through it.

# %% [markdown] figure="network"

# %% tags=["notebook"]
from micrograd.nn import MLP

MLP(3, [4, 4, 1], activation="tanh", seed=3)

# %% [markdown] tags=["page"]
# A network is nothing but a large expression. Click a neuron, and its part of the graph unfolds:
# the very nodes of the pass above, with the same numbers. Its output feeds the rest of the
# network, which stands there as a single node.

# %% [markdown] figure="neuron"

# %% [markdown]
# In Python a neuron is a few lines of code, and an `MLP` is made of neurons. What it computes is one large
# expression.

# %% cell="networks-1"
from micrograd.nn import MLP

model = MLP(3, [4, 4, 1], activation="tanh", seed=3)
x = [2.0, 3.0, -1.0]
loss = (model(x) - 1.0) ** 2
loss.backward()
for name, p in list(model.named_parameters())[:4]:
    print(name, p.data, p.grad)
loss

# %% [markdown] id="what-does-the-bias-do"
# ## What does the bias do?
#
# It moves the place where a neuron bends. Without it, a *tanh* neuron gives 0 wherever its inputs are 0,
# whatever its weights: they are multiplied by nothing, and so is their gradient. The bias still counts.

# %% cell="networks-2"
x, w, b = Value(0.0), Value(3.0), Value(0.5)
out = (w * x + b).tanh()
out.backward()
print(w.grad, b.grad)
out

# %% [markdown] id="what-is-a-dead-relu"
# ## What is a dead ReLU?
#
# A neuron whose sum is negative for every row. It gives 0, its slope there is 0, so no gradient gets to its
# weights, and no step will ever move them: it stays as it is. A smaller learning rate keeps neurons from being
# thrown there. Make the bias −0.2, and this one lives again.

# %% cell="networks-3"
x, w, b = Value(1.0), Value(0.5), Value(-2.0)
out = (w * x + b).relu()
out.backward()
print(out.data, w.grad, b.grad)
out

# %% [markdown] kind="remember"
# - A neuron is a weighted sum, a bias, and a bend.
# - A layer is neurons side by side; a network is layers, one after the other.
# - All of it is one expression, and the backward pass goes through it as through any other.

# %% cell="networks-4" exercise="neuron"
# What it asks for stands in the file of this name in exercises/.
