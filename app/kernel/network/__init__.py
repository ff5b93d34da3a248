"""Networks as figures: neurons, layers, and the scalars that they are made of."""
