"""The words of the course, each with what it means here, by the alphabet.

A lesson marks a word as `[leaves](term:leaf)`, or `[...](term:chain-rule)` where it has two: the page
then shows what stands here beside it.
"""

GLOSSARY = {
    "accumulate": "To add to what is there, instead of taking its place. Gradients accumulate.",
    "activation": "The function that bends a neuron’s sum, such as tanh or ReLU. Without it, layers on layers could do no more than a single one.",
    "backward pass": "The way from the output back to the leaves, on which every node gets its gradient.",
    "batch": "The rows that go through the network together before the parameters move: one step.",
    "bias": "The parameter that a neuron adds to its weighted sum, whatever its inputs are.",
    "chain rule": "How fast the output changes with an operand is how fast it changes with the result, times how fast the result changes with the operand: upstream gradient times local derivative.",
    "epoch": "So many steps that every row of the training data has been used once.",
    "forward pass": "The computation itself, from the leaves to the output, in which every node gets its data.",
    "gradient": "Of a value: how much the output changes for each unit by which this value changes, as long as the change is small.",
    "layer": "Neurons side by side that take in the same numbers.",
    "leaf": "A value that was given, and not computed: it has no operands.",
    "learning rate": "How far a step moves a parameter: so many times its gradient.",
    "local derivative": "How fast the result of one operation changes when one operand changes and the others do not.",
    "loss": "One number that says how wrong the outputs are. Training makes it small.",
    "operand": "A value that an operation takes in.",
    "parameter": "A leaf that training moves: a weight or a bias.",
    "topological order": "One in which every node comes before its operands on the way back, so that it is complete when its turn comes.",
    "upstream gradient": "The gradient of the result, as it comes to an operation on the way back.",
    "weight": "The parameter by which a neuron multiplies one of its inputs.",
}
