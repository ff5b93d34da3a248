"""A user who does anything at all, by chance: the page has to answer, and to show right numbers."""
