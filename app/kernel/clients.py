"""Several figures on one page may share one Python. Each is a client, and keeps its own things.

What a module keeps between calls lies in a dictionary that it has declared with `own`; when another
client is served, it has other content.
"""

from typing import Any, TypeVar

Store = TypeVar("Store", bound=dict[str, Any])

_stores: list[dict[str, Any]] = []  # with what the client keeps whose turn it is
_waiting: dict[str, list[dict[str, Any]]] = {}  # what the others keep, store by store
_turn = [""]


def own(store: Store) -> Store:
    """Declare that each client has its own content of this dictionary, at first none."""
    _stores.append(store)
    return store


def in_turn() -> str:
    """Return the name of the client that is served; the page by itself has none."""
    return _turn[0]


def take_turn(client: str) -> None:
    """Serve this client from now on."""
    if client == _turn[0]:
        return
    _waiting[_turn[0]] = [store.copy() for store in _stores]
    kept = _waiting.pop(client, [])
    for i, store in enumerate(_stores):
        store.clear()
        store.update(kept[i] if i < len(kept) else {})
    _turn[0] = client


def forget_client(client: str) -> dict[str, Any]:
    """Forget what a client keeps, because it is gone."""
    take_turn("")
    _waiting.pop(client, None)
    return {}
