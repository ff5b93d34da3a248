"""A page with nothing in it yet, as those begin that are compared with ours."""

from pathlib import Path

PAGE = """\
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>{title}</title>
    <link rel="icon" href="data:,">
{head}  </head>
  <body>
{body}  </body>
</html>
"""

HEADERS = """\
/
  Cache-Control: no-cache

/kept/*
  Cache-Control: public, max-age=31536000, immutable
"""


def write_plain(folder: Path, title: str, body: str, head: str = "", headers: str = "") -> None:
    """Write the page, and what its server says: a browser may keep all in `kept/`."""
    page = PAGE.format(title=title, head=head, body=body)
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "_headers").write_text(headers + HEADERS, encoding="utf-8")
