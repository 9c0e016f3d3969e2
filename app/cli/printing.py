"""How the command line speaks: tables and sentences for people, one JSON object a line for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import FoveaError


def print_json(line: Mapping[str, Any]) -> None:
    """One object on one line of stdout, at once, in ASCII so that any name survives any terminal."""
    print(json.dumps(line, allow_nan=False), flush=True)


def print_error(error: FoveaError) -> None:
    """Code, sentence and next step, on stderr."""
    print(f"{error.code}: {error}", file=sys.stderr)


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """A plain table, columns as wide as their content.

    Args:
        head: column names.
        rows: as many texts as there are columns.
        right: indices of the columns set flush right.
    """
    clean = [[printable(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(head, *clean, strict=True)]
    for row in (list(head), ["-" * width for width in widths], *clean):
        cells = [
            cell.rjust(width) if index in right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def printable(text: str) -> str:
    """The text without control characters or undecodable bytes, which a hostile file name may hold."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
