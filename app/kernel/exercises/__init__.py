"""Exercises: what a learner is asked to write, and what is said about it.

An exercise is one file in `app/lessons/exercises/`, ordinary Python that is read from top to
bottom:

    TASK       what to do, in a sentence or two
    START      the text that the cell begins with
    check_...  functions, tried one after the other: each gets the names of the learner's lesson,
               and returns a sentence about what is wrong, or nothing
    HINTS      sentences that are given one at a time
    SOLUTION   a text that passes
    WRONG      what people write instead, each with the sentence that it has to get

The docstring of the file is its title, and that of a check says what it tries. A check that needs
the engine imports it inside of itself: then it is the one of the lesson.

    exercise    an exercise, read from its file
    collection  all of them, in the order of the course
    demand      what a check asks of the learner's names, or stops with a sentence
    comparison  a number of the learner's beside the right one
    checking    tries out an answer
"""
