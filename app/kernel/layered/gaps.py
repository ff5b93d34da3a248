"""The distances of a drawing, in its units. Change the look here."""

COLUMN = 104.0  # between columns, for the wires and their labels
ROW = 30.0  # between two cards of a column
WIRE = 14.0  # between two wires that run past the cards of a column; between arriving wires
MARGIN = 6.0  # around the whole
