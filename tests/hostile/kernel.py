"""The kernel as a page calls it, for input that nobody has looked at: it may raise nothing."""

import json
from itertools import count
from typing import Any

from app.kernel.main import METHODS, handle

_names = count()


class Kernel:
    """A client of its own, which has asked for nothing before. `forget` it in the end."""

    def __init__(self) -> None:
        self.name = f"hostile {next(_names)}"

    def ask(self, method: str, **request: Any) -> dict[str, Any]:
        """Return the answer. What is no JSON, such as nan, fails as what is raised does."""
        text = handle(method, json.dumps(request), lambda printed: None, self.name)
        answer: dict[str, Any] = json.loads(text, parse_constant=_refuse)
        return answer

    def forget(self) -> None:
        METHODS["forget_client"](client=self.name)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
