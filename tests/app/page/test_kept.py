"""What an earlier visit has left: it is as it should be, or it is nothing."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from app.page.kept import are_numbers, are_points, has_text, is_text, is_true, read
from tests.hostile.inputs import data

CHECKS = [are_numbers, are_points, has_text, is_text, is_true]


@pytest.mark.parametrize(
    ("is_right", "good"),
    [
        (is_text, "1"),
        (is_true, True),
        (has_text, {"text": "a = 1", "author": "a = 2"}),
        (has_text, {"text": "a = 1"}),
        (are_numbers, [3, 1]),
        (are_numbers, []),
        (are_points, [[0.5, -1, 1]]),
    ],
)
def test_read_returns_what_is_as_it_should_be(is_right: Callable[[Any], bool], good: Any) -> None:
    assert read(json.dumps(good), is_right) == good


@pytest.mark.parametrize(
    ("is_right", "text"),
    [
        *[
            (check, text)
            for check in CHECKS
            for text in ("", "{", "null", None, 3, "[[]]", "[1.5]")
        ],
        (is_true, "false"),
        (has_text, '{"text": 1}'),
        (are_numbers, "[1, 1]"),
        (are_numbers, "[true]"),
        (are_numbers, "[0]"),
        (are_points, "[[1, 2]]"),
        (are_points, "[[1, 2, 1e999]]"),
        (are_points, '[[1, 2, "3"]]'),
    ],
)
def test_read_of_anything_else_is_none(is_right: Callable[[Any], bool], text: Any) -> None:
    assert read(text, is_right) is None


@given(data)
def test_read_raises_nothing(content: Any) -> None:
    for is_right in CHECKS:
        assert read(json.dumps(content), is_right) in (None, content)
