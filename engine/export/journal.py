"""The journal of an export: a line for each piece that is done, on the disk before the next one begins."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Refused:
    """A study that did not leave.

    Args:
        case: the name that it has in the export.
        code: of the error.
        reason: with the next step, for the person at the screen; it may name a file.
    """

    case: str
    code: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the journal.

    Args:
        after: id of the last record in it.
        records: how many records it holds.
        refused: those of them that did not leave.
    """

    after: int
    records: int
    refused: tuple[Refused, ...] = ()


def append_piece(journal: Path, piece: Piece) -> None:
    """Notes a piece; on return the line is on the disk.

    Raises:
        OSError: the journal cannot be written.
    """
    with journal.open("a", encoding="ascii") as file:
        file.write(json.dumps(asdict(piece)) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_pieces(path: Path) -> list[Piece]:
    """The pieces that are noted in full; what a crash left behind them is cut off."""
    done: list[Piece] = []
    if not path.exists():
        return done
    sound_bytes = 0
    with path.open("r+b") as journal:
        for line in journal:
            piece = _piece_in(line)
            if piece is None:
                break
            done.append(piece)
            sound_bytes += len(line)
        journal.truncate(sound_bytes)
    return done


def _piece_in(line: bytes) -> Piece | None:
    if not line.endswith(b"\n"):
        return None
    try:
        stored = json.loads(line)
        return Piece(stored["after"], stored["records"], tuple(Refused(**each) for each in stored["refused"]))
    except (ValueError, KeyError, TypeError):
        return None
