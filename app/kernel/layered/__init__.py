"""A layered drawing of a computation, from left to right: where each card stands, how wires run.

    from . import layout

    places, routes, width, height = layout(trace["nodes"], {id: (116, 74), ...})

The method is the one of Sugiyama, Tagawa and Toda ("Methods for visual understanding of
hierarchical system structures", IEEE Trans. SMC 11(2), 1981), as Gansner, Koutsofios, North and Vo
tell it ("A technique for drawing directed graphs", IEEE TSE 19(3), 1993). One file is one step:

    graph    read the nodes: who uses whom
    rank     a column for each node, so that the wires are short (simplex does the work)
    columns  cut wires into pieces that reach from one column to the next
    order    who stands above whom, so that few wires cross (sift and crossings do the work)
    place    how far down, so that wires are straight (align, compact and straighten do the work)
    route    the points through which each wire passes

Only the shape of the graph and the sizes count, never its numbers: the same shape gives the same
drawing. Nothing here recurses, so a chain of 10,000 nodes is drawn too.
"""

from .steps import Layout, layout

__all__ = ["Layout", "layout"]
