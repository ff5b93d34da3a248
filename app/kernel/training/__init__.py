"""Training on the page: what is trained, how it goes, and what is shown of it."""

# Before the modules that need it: imports inside imports fill the stack of a browser's worker.
import micrograd.train  # noqa: F401
