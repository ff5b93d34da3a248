"""A lesson's cells as a file that other programs read, and files of theirs as cells.

    from .upload import read
    from . import ipynb, percent

    notebook = read(text, "lesson.ipynb")  # or a Mistake, whose sentence says what to do
    percent.write(notebook.cells), ipynb.write(notebook.cells)

What is written is read back to the letter.

    notebook  cells, and notes about what could not be kept
    percent   a Python file with a line "# %%" above each cell
    ipynb     a file of Jupyter
    magics    lines for Jupyter, such as %matplotlib, which become comments
    upload    a file of any kind that somebody has chosen
"""
