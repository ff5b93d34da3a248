"""The words of the course, each with what it means here.

A lesson marks a word as `[leaf](term:leaf)`: the page then shows what stands here beside it.
"""

GLOSSARY = {  # by the name in a lesson's mark: the term, and what it means
    "accumulate": (
        "accumulate",
        "to add to what is there, instead of taking its place. Gradients accumulate.",
    ),
    "activation": (
        "activation",
        "the function that bends a neuron’s sum, such as tanh or ReLU. Without it, layers on layers could do no more than a single one.",
    ),
    "backward-pass": (
        "backward pass",
        "the way from the output back to the leaves, on which every node gets its gradient.",
    ),
    "batch": (
        "batch",
        "the rows that go through the network together before the parameters move: one step.",
    ),
    "bias": (
        "bias",
        "the parameter that a neuron adds to its weighted sum, whatever its inputs are.",
    ),
    "chain-rule": (
        "chain rule",
        "how fast the output changes with an operand is how fast it changes with the result, times how fast the result changes with the operand: upstream gradient times local derivative.",
    ),
    "epoch": ("epoch", "so many steps that every row of the training data has been used once."),
    "forward-pass": (
        "forward pass",
        "the computation itself, from the leaves to the output, in which every node gets its data.",
    ),
    "gradient": (
        "gradient",
        "of a value: how much the output changes for each unit by which this value changes, as long as the change is small.",
    ),
    "layer": ("layer", "neurons side by side that take in the same numbers."),
    "leaf": ("leaf", "a value that was given, and not computed: it has no operands."),
    "learning-rate": (
        "learning rate",
        "how far a step moves a parameter: so many times its gradient.",
    ),
    "local-derivative": (
        "local derivative",
        "how fast the result of one operation changes when one operand changes and the others do not.",
    ),
    "loss": ("loss", "one number that says how wrong the outputs are. Training makes it small."),
    "operand": ("operand", "a value that an operation takes in."),
    "parameter": ("parameter", "a leaf that training moves: a weight or a bias."),
    "topological-order": (
        "topological order",
        "one in which every node comes before its operands on the way back, so that it is complete when its turn comes.",
    ),
    "upstream": (
        "upstream gradient",
        "the gradient of the result, as it comes to an operation on the way back.",
    ),
    "weight": ("weight", "the parameter by which a neuron multiplies one of its inputs."),
}
