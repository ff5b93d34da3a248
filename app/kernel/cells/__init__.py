"""Cells that learners edit and run, as in a notebook.

    from .lesson import Lesson

    lesson = Lesson()
    lesson.run("first", "a = Value(2.0)\\na * 3", write=print)

One file is one noun. What a cell is:

    cell       its text, its number, and the file name by which Python knows it
    program    its text compiled: what is run, and the expression whose value is shown
    uses       which names it reads, and which ones it defines
    history    which cells are out of date, and which have to be run first

What happens when it runs:

    lesson     runs the cells, and keeps their names
    modules    the copies of `micrograd` that they import
    writer     hands on what they print
    terminal   what `input()` and `exit()` find, since there is none
    recording  records their values; prune cuts the trace down to one of them
    shown      what is shown of the last value
    forgotten  notices that gradients were not set to 0

While one is written:

    completion how a name may go on

And when it fails:

    failure    an error in words, with its place in the cell
    stack      the way to it, through the learner's own lines
    words      what went wrong
    hints      what to do about it; mixed_up, when a number and a `Value` were
    scene      what is known of the place and the time

All of it comes together in

    outcome    what came of running a cell
"""
