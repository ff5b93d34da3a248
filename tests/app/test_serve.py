"""The installed command: its port, and what it says when it cannot serve."""

import sys
from pathlib import Path

import pytest

from app.serve import __main__ as command
from app.serve.__main__ import main, make_server


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int | str:
    monkeypatch.setattr(sys, "argv", ["micrograd-explainer", *arguments])
    return main()


def test_without_a_built_page_it_says_which_command_makes_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "SITE", tmp_path)
    assert (
        run(monkeypatch) == "This copy has no built page in it. In the repository, run: make wheel"
    )


@pytest.mark.parametrize("port", ["-1", "65516", "70000"])
def test_a_port_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, port: str
) -> None:
    (tmp_path / "index.html").touch()
    monkeypatch.setattr(command, "SITE", tmp_path)
    assert run(monkeypatch, f"--port={port}") == (
        f"There is no port {port}. Give one from 1024 to 65515."
    )


def test_a_port_in_use_is_passed_over(tmp_path: Path) -> None:
    with make_server(tmp_path, 0) as first, make_server(tmp_path, first.server_port) as second:
        assert first.server_port < second.server_port <= first.server_port + 19


def test_many_ports_in_use_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    monkeypatch.setattr(command, "SITE", tmp_path)
    monkeypatch.setattr(command, "TRIES", 1)
    with make_server(tmp_path, 0) as first:
        port = first.server_port
        assert run(monkeypatch, f"--port={port}") == (
            f"Ports {port} to {port} are in use. "
            "Give another one, such as: micrograd-explainer --port 9000"
        )
