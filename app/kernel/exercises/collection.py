"""All exercises, in the order of the course."""

from ...lessons.exercises import (
    backward,
    local_derivatives,
    multiplication,
    neuron,
    tanh,
    training_loop,
)
from .exercise import Exercise, read

_IN_ORDER = [local_derivatives, tanh, multiplication, backward, neuron, training_loop]
EXERCISES: dict[str, Exercise] = {each.name: each for each in map(read, _IN_ORDER)}
