"""Automatic differentiation and neural networks on single numbers, small enough to read."""

from micrograd.engine import Value

__all__ = ["Value"]
__version__ = "0.1.0"
