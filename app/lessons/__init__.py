"""The course: one runnable file for each lesson, in the percent format (VS Code, Spyder, jupytext).

`make lessons` brings what stands here into the page; `app/course.py` says how the cells are marked.
"""

LESSONS = ("operations", "graph", "backpropagation", "networks", "training", "workbench")
