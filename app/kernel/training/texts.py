"""What the text of a setting may be: functions from a text to its value, or a ValueError."""

from __future__ import annotations

from collections.abc import Callable

from ..language import say, with_decimal_sign

Choices = tuple[tuple[str, str], ...]

ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear")
MOST_LAYERS, MOST_NEURONS = 8, 16
LONGEST = 200  # characters


def choice(*pairs: tuple[str, str]) -> tuple[Callable[[str], str], Choices]:
    names = [value for value, _ in pairs]

    def read(text: str) -> str:
        if text not in names:
            raise ValueError(say("choose one of {names}", names=", ".join(names)))
        return text

    return read, pairs


def number(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        number = float(text)
        if not low <= number <= high:
            raise ValueError(
                say("it goes from {low} to {high}", low=_shown(low), high=_shown(high))
            )
        return number

    return read


def whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = float(text or "0")
        if not low <= number <= high or number != int(number):
            raise ValueError(say("it is a whole number from {low} to {high}", low=low, high=high))
        return int(number)

    return read


def flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(say("it is true or false"))
    return text == "true"


def shape(text: str) -> tuple[int, ...]:
    parts = [part for part in text.split(",") if part.strip()]
    neuron = whole(1, MOST_NEURONS)
    if len(parts) > MOST_LAYERS:
        raise ValueError(say("there are at most {most} hidden layers", most=MOST_LAYERS))
    return tuple(neuron(part) for part in parts)


def activations(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    if wrong := [name for name in names if name not in ACTIVATIONS]:
        raise ValueError(
            say("{name} is none of {names}", name=repr(wrong[0]), names=", ".join(ACTIVATIONS))
        )
    return names


def _shown(x: float) -> str:
    return with_decimal_sign(f"{x:g}")


def any_text(text: str) -> str:
    return text[:LONGEST]
