"""A long search says how far it has come, on stderr, and a short one says nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli.searching import found_at


class Ticking:
    """A clock that goes on by so many seconds each time it is read."""

    def __init__(self, tick_s: float) -> None:
        self.tick_s = tick_s
        self.at_s = 0.0

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    def steady_s(self) -> float:
        self.at_s += self.tick_s
        return self.at_s


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for number in range(50):
        (tmp_path / f"{number:02}.png").write_bytes(b"\x89PNG\r\n\x1a\n")
        (tmp_path / f"{number:02}.txt").write_text("words")
    return tmp_path


def test_a_long_search_tells_how_many_files_it_has_looked_into_and_where(pictures, capsys):
    assert len(list(found_at([pictures], Ticking(0.1)))) == 50
    told = capsys.readouterr()
    lines = told.err.splitlines()
    assert 2 <= len(lines) <= 20
    assert lines[0].endswith(f"files so far, now in {pictures}")
    counts = [int(line.split()[1]) for line in lines]
    assert counts == sorted(set(counts))
    assert told.out == ""


def test_a_short_search_says_nothing(pictures, capsys):
    assert len(list(found_at([pictures], Ticking(0.001)))) == 50
    assert capsys.readouterr().err == ""


def test_the_time_that_answers_take_is_none_of_the_search(pictures, capsys):
    clock = Ticking(0.0)
    for _ in found_at([pictures], clock):
        clock.at_s += 100.0
    assert capsys.readouterr().err == ""
