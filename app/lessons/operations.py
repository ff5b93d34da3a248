# %% tags=["setup"]
"""Lesson 1: one operation, its derivatives, and what a derivative says."""

from micrograd.engine import Value

# %% [markdown] id="operations-title"
# # Values and operations
#
# Whatever a network computes is a long chain of small operations: it adds, it multiplies, it bends
# a number with a <i>tanh</i>. Take one of them out and look at it. Two numbers, <var>a</var> and
# <var>b</var>, go in, and one, <var>c</var>, comes out.

# %% [markdown] id="question-derivative" kind="question"
# Before you do: <var>a</var> is 2, <var>b</var> is −3, and <var>c</var> is their product. How much does
# <var>c</var> change if <var>a</var> grows by 1?
#
# - [ ] by 1: That is how much a itself changes.
# - [ ] by 2: That is a: it counts when b grows.
# - [x] by −3
# - [ ] by −6: That is c. The question is how much it changes.
#
# Each unit of <var>a</var> counts <var>b</var> times, so the derivative of <var>a</var> × <var>b</var> by
# <var>a</var> is <var>b</var>, −3. It stands on the upper edge of the figure.

# %% [markdown] tags=["page"]
# Choose an operation and move the numbers, and watch what follows them.

# %% [markdown] figure="operation"

# %% tags=["notebook"]
a = Value(2.0)
b = Value(-3.0)
c = a * b
c.backward()
c

# %% [markdown]
# Blue is the <b class="data">data</b> of each value, which the [forward pass](term:forward-pass) computes. Orange are
# derivatives. On a node stands its <b class="grad">[gradient](term:gradient)</b>: how much the output changes for
# each unit by which this value changes. The [backward pass](term:backward-pass) finds it out. On an edge stands the
# [local derivative](term:local-derivative), which belongs to this operation alone. The engine notes it while it computes
# the result, and uses it when it goes back.

# %% [markdown] id="nudge-title"
# ## What does a derivative say?
#
# That if you push one input a little, the output moves that many times as far. You need not
# believe it: push, and measure. Move <var>a</var> by a step <var>h</var>, let the engine compute
# the result again, and divide the change of <var>c</var> by <var>h</var>. Then make <var>h</var>
# smaller.

# %% [markdown] figure="nudge"

# %% [markdown] tags=["page"]
# The dashed line through the two points tilts towards the tangent as they come together. Its slope
# is the measured quotient; the tangent’s slope is the derivative. Below
# <var>h</var> = 10<sup>−8</sup> something else begins: the results before and after the push share
# so many of their 16 digits that little is left of their difference.

# %% tags=["notebook"]
a = Value(2.0)
c = a * a
c.backward()
for h in (1.0, 0.1, 0.01, 0.001):
    pushed = Value(a.data + h)
    print(h, ((pushed * pushed).data - c.data) / h)
print(a.grad)

# %% [markdown] id="why-not-finite-differences"
# ## Why not simply measure every derivative?
#
# Where a curve bends, measuring is not exact. The cell prints by how much the quotient misses the derivative
# of <var>x</var>³: less with a smaller <var>h</var>, down to about 10<sup>−8</sup>, and then more again. And
# it is slow: a network has thousands of parameters, and each of them needs a forward pass of its own. The
# backward pass computes all derivatives at once, and only rounding comes between them and the truth.

# %% cell="operations-4"
x = Value(0.4)
y = x * x * x
y.backward()
for h in (1e-2, 1e-5, 1e-8, 1e-11, 1e-14):
    pushed = Value(0.4 + h)
    measured = ((pushed * pushed * pushed).data - y.data) / h
    print(h, abs(measured - x.grad))
y

# %% [markdown] id="derivative-of-tanh"
# ## Is the derivative of tanh really 1 − t²?
#
# Write <var>t</var> for tanh <var>x</var>, which is (e<sup>x</sup> − e<sup>−x</sup>) ÷ (e<sup>x</sup> +
# e<sup>−x</sup>). The top’s derivative is the bottom, and the bottom’s is the top; so the quotient rule gives
# (bottom² − top²) ÷ bottom², and that is 1 − <var>t</var>². The cell prints what the engine has found beside
# the formula. Try 0, where the slope is 1, and 5, where hardly any is left.

# %% cell="operations-1"
a = Value(0.4)
c = a.tanh()
c.backward()
print(a.grad, 1 - c.data**2)
c

# %% [markdown] kind="remember"
# - A derivative says how many times as far the output moves as the input that you push.
# - Every operation has a local derivative for each operand, and notes it in the forward pass.
# - Measuring takes a forward pass for each number; the backward pass does all of them at once.

# %% cell="operations-2" exercise="local_derivatives"
# What it asks for stands in the file of this name in exercises/.

# %% cell="operations-3" exercise="tanh"
# What it asks for stands in the file of this name in exercises/.
