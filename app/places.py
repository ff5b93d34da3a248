"""Places in index.html that a program fills in, each between two marks."""

from collections.abc import Mapping


def filled(page: str, kind: str, parts: Mapping[str, str]) -> str:
    """Return the page with each part between its marks, in place of what stood there before.

    The marks of a part are `<!-- kind: name -->` and `<!-- end of kind -->`.
    """
    end = f"<!-- end of {kind} -->"
    for name, markup in parts.items():
        mark = f"<!-- {kind}: {name} -->"
        before, opening, rest = page.partition(mark)
        _, closing, after = rest.partition(end)
        if not closing:
            raise ValueError(f"index.html has no place for this: {mark}{end}")
        page = before + opening + markup + closing + after
    return page
