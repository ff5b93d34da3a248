"""What the engine says of data that it cannot read and of steps that it cannot make, said again.

The engine itself speaks English: it is a package of its own.
"""

import re

from micrograd.train import NonFiniteLossError

from ..language import counted, noted, say_again

STOPPED = (
    noted("stopped in step {step}: the loss is {loss}, since the parameter {name} is {number}"),
    noted(
        "stopped in step {step}: the loss is {loss}, though all parameters are finite; "
        "start again with a smaller learning rate, or look for nan and inf in the data"
    ),
    noted("stopped in step {step}: the gradient of the parameter {name} is {number}"),
)
UNREADABLE = (
    noted("there is no point yet: press Draw points, and click on the plane"),
    noted("a data set needs at least one row"),
    noted("only two classes can be told by a sign"),
    noted("there is no row of numbers: write one row a line, as in 2.0, 3.0, 1"),
    noted(
        "line {line} has one column: a row needs an input and a target, "
        "separated by a comma, a semicolon or a tab"
    ),
    noted("line {line} has {columns} columns, but the first row has {width}"),
    noted("line {line} is not CSV: {error}"),
    noted("line {line}, column {column}: the cell is empty; write a number, or remove the row"),
    noted("line {line}, column {column}: {cell} is not a number; write a decimal point"),
    noted("line {line}, column {column}: {cell} is not a number"),
    noted("line {line}, column {column}: {cell} is not a finite number; remove the row"),
    noted("the targets of a regression are numbers, not classes"),
)

EXPLAINED = (  # line by line; why no code could be made of a model stays as it is
    noted("The engine makes each step: no step has been made yet."),
    noted("The engine makes each step: {reason}."),
    noted("Steps run as WebAssembly: the code of one row, in a loop over the batch."),
    noted("Steps run as WebAssembly: an interpreter with the graph of a whole batch ({reason})."),
    noted("  machine      {name}"),
    noted("  nodes        {nodes} a row, {all} a step"),
    noted("  parameters   {count}"),
    noted("  code         {count} bytes"),
    noted("  made in      {time} ms"),
    noted("  checked      on 1 row: the same digits as the engine's"),
    noted("  checked      on {count} rows: the same digits as the engine's"),
    noted(
        "  checked      on {count} rows; here tanh, exp, log and pow may differ from Python's in "
        "the last digits"
    ),
)


def why_it_stopped(failure: NonFiniteLossError) -> str:
    return say_again(str(failure), STOPPED)


def why_unreadable(error: ValueError) -> str:
    return say_again(str(error), UNREADABLE)


def how_steps_are_made(explanation: str) -> str:
    """Say what a trainer explains, with its counts as the language writes them."""
    return "\n".join(say_again(_with_counts(line), EXPLAINED) for line in explanation.split("\n"))


def _with_counts(line: str) -> str:
    return re.sub(r"\d{1,3}(,\d{3})+", lambda count: counted(int(count[0].replace(",", ""))), line)
