# %% tags=["setup"]
"""Lesson 5: steps against the gradient."""

from micrograd.engine import Value

# %% [markdown] id="training-title"
# # Training
#
# Now let it run. A [batch](term:batch) of rows goes forward through the network, the [loss](term:loss) says how wrong the
# outputs were, the gradients go back, and every weight moves a little against its own. That is one
# step, and once through all rows is an [epoch](term:epoch). Do it a thousand times, and the network takes the shape of the data.

# %% [markdown] id="question-learning-rate" kind="question"
# If the learning rate is doubled, does training take half as many steps?
#
# - [ ] always: Then a rate of a thousand would need no more than one step.
# - [x] only while the steps are small
# - [ ] never: With very small steps it is nearly so.
#
# Each step goes straight on in a direction that is right where it begins; when it is too long, it lands beyond
# the valley. Further below, a single weight shows why.

# %% [markdown] tags=["page"]
# You can stop anywhere, look at any weight and its gradient, change it, and go back in time. The plane on the
# right shows what the network answers at each point. Set a learning rate of 10, too, and watch the loss.

# %% [markdown] figure="training"

# %% tags=["notebook"]
from micrograd.data import moons
from micrograd.nn import MLP
from micrograd.train import Adam, Trainer, hinge
from micrograd_explainer.notebook import train

known, unseen = moons(200, noise=0.1, seed=1).as_signs().split(0.5)
model = MLP(2, [8, 8, 1], seed=1)
trainer = Trainer(
    model, known, unseen, loss=hinge, optimiser=Adam(model.parameters(), lr=0.02), batch_size=10
)
train(trainer, 40)

# %% [markdown] tags=["notebook"]
# Here is what it has learnt: each wire is as wide as its weight.

# %% tags=["notebook"]
model

# %% [markdown] id="why-zero-grad"
# ## Why does every step begin with zero_grad()?
#
# Because leaves add up, from one backward pass to the next. This loop forgets it, and does not even move the
# weight: the gradient of the same loss at the same place should be 2 each time.

# %% cell="training-1"
w = Value(2.0)
for step in range(3):
    loss = (w - 1.0) ** 2
    loss.backward()
    print(step, w.grad)
loss

# %% [markdown] id="why-is-the-loss-going-up"
# ## Why is the loss going up?
#
# Most often because the [learning rate](term:learning-rate) is too large. The gradient of <var>w</var>² is 2<var>w</var>, so a step
# takes <var>w</var> to (1 − 2 × rate) × <var>w</var>. With a rate of 0.1 that is 0.8 <var>w</var>, and the loss
# falls. With 1.1 it is −1.2 <var>w</var>: beyond the valley, and higher up on the other side, each time. Other
# reasons are a gradient that was not set to zero, and a step along the gradient instead of against it.

# %% cell="training-2"
rate = 1.1
w = Value(1.0)
for step in range(5):
    loss = w * w
    w.grad = 0.0
    loss.backward()
    print(step, loss.data)
    w.data -= rate * w.grad
loss

# %% [markdown] kind="remember"
# - A step is: forward, zero the gradients, backward, move every [parameter](term:parameter) a little against its own.
# - The learning rate is how far; too far is worse than too short.
# - A loss that stands still or grows has a reason, and the gradients show it.

# %% cell="training-3" exercise="training_loop"
# What it asks for stands in the file of this name in exercises/.
