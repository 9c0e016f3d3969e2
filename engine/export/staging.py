"""An export in the making: a folder beside the one it becomes, with a journal to go on from after a stop.

    .NAME.part/plan.json      what was asked, and the moment up to which records are taken
    .NAME.part/journal.jsonl  a line for each piece that is done
    .NAME.part/pieces/        parts of what is put together at the end
    .NAME.part/content/       what becomes NAME, by one rename, when all of it is there

Nobody sees half an export: NAME appears with everything in it. All of it is readable by its owner only.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.audit.log import Json, utc_text
from engine.clock import Clock
from engine.errors import ExportError
from engine.export.journal import Piece, append_piece, read_pieces

MANIFEST = "export.json"
UNWRITABLE = "EX-OUT"
"""The code of a place that cannot be written, which stops an export whatever study it has come to."""

_BLOCK_BYTES = 1 << 20


@dataclass(slots=True)
class Staging:
    """The folder of an export that is being made.

    Args:
        folder: where it is being made.
        out: what it becomes.
        id: of the export, in the audit log; the same after a stop.
        started_at: the moment up to which records are taken, UTC; the same after a stop.
        done: the journal so far.
    """

    folder: Path
    out: Path
    id: str
    started_at: datetime
    done: list[Piece] = field(default_factory=list)

    @property
    def content(self) -> Path:
        """What will be the export."""
        return self.folder / "content"

    @property
    def pieces(self) -> Path:
        """Parts of files that are put together at the end."""
        return self.folder / "pieces"

    @property
    def journal(self) -> Path:
        """Where each piece is noted."""
        return self.folder / "journal.jsonl"

    @property
    def after(self) -> int:
        """Id of the last record that is done; 0 at the start."""
        return self.done[-1].after if self.done else 0

    def add(self, piece: Piece) -> None:
        """Notes a piece as done; its files are on the disk."""
        with writing(self.folder):
            append_piece(self.journal, piece)
        self.done.append(piece)

    def files(self) -> list[dict[str, Json]]:
        """Name, size and SHA-256 of each file of the content, by name."""
        found = sorted(path for path in self.content.rglob("*") if path.is_file() and path.name != MANIFEST)
        return [
            {
                "name": path.relative_to(self.content).as_posix(),
                "bytes": path.stat().st_size,
                "sha256": sha256_of(path),
            }
            for path in found
        ]

    def publish(self) -> None:
        """Makes the content the export, by one rename, and removes what was only needed on the way."""
        with writing(self.out):
            self.content.replace(self.out)
            _flush_folder(self.out.parent)
        shutil.rmtree(self.folder)


@contextmanager
def staging(out: Path, plan: Mapping[str, Json], clock: Clock) -> Iterator[Staging]:
    """Begins an export, or goes on with one of the same plan that was stopped.

    Args:
        out: the folder to become; absent or empty.
        plan: what was asked.
        clock: tells up to when records are taken.

    Raises:
        ExportError: EX-OUT-TAKEN where the folder holds something, EX-OUT-OTHER where another export was stopped there,
            EX-OUT-BUSY where one is being made right now, EX-OUT where it cannot be written.
    """
    folder = out.with_name(f".{out.name}.part")
    with writing(out):
        _require_free(out)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor, out)
        stage = _opened(folder, out, plan, clock)
        yield stage
    finally:
        os.close(descriptor)


def write_file(path: Path, data: bytes) -> None:
    """Writes a file as a whole or not at all, readable by its owner only.

    Raises:
        ExportError: EX-OUT, the disk is full or the folder cannot be written.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = path.with_name(f".{path.name}.new")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)


def sha256_of(path: Path) -> str:
    """Of a file, without holding it in memory."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _require_free(out: Path) -> None:
    if out.is_dir() and not any(out.iterdir()):
        return
    if out.exists() or out.is_symlink():
        raise ExportError("EX-OUT-TAKEN", f"{out} is there already.", "Name a folder that is not there yet.")


def _lock(descriptor: int, out: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ExportError(
            "EX-OUT-BUSY", f"Another process is exporting to {out}.", "Wait until it is done, or name another folder."
        ) from None


def _opened(folder: Path, out: Path, plan: Mapping[str, Json], clock: Clock) -> Staging:
    path = folder / "plan.json"
    if not path.exists():
        begun: dict[str, Json] = {"id": uuid.uuid4().hex, "started_at": utc_text(clock.now()), "plan": dict(plan)}
        write_file(path, json.dumps(begun, indent=1).encode("ascii"))
    stored = _plan_in(path)
    if stored is None or stored["plan"] != dict(plan):
        raise ExportError(
            "EX-OUT-OTHER",
            f"An export that was asked for in another way was stopped on its way to {out}.",
            f"Repeat that one, name another folder, or remove {folder}.",
        )
    with writing(folder):
        for name in ("content", "pieces"):
            (folder / name).mkdir(exist_ok=True, mode=0o700)
        stage = Staging(folder, out, stored["id"], datetime.fromisoformat(stored["started_at"]))
        stage.done = read_pieces(stage.journal)
    return stage


def _plan_in(path: Path) -> dict[str, Any] | None:
    try:
        stored = json.loads(path.read_bytes())
        return stored if {"id", "started_at", "plan"} <= set(stored) else None
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Runs a block that writes to a place.

    Raises:
        ExportError: EX-OUT, the disk is full or the place cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise ExportError(
            UNWRITABLE,
            f"{error.filename or path} cannot be written: {error.strerror or error}.",
            "Name a folder that you may write to, on a disk with room; then repeat the call, which goes on.",
        ) from error


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
