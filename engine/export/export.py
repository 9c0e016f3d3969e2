"""One export from the first record to the folder that is handed over: read this first.

`staging` begins it or goes on with one that was stopped; a shape (`tables`, `coco`, objects, pages) turns records into
files, piece by piece; `_publish` writes what the export says of itself, notes it in the audit log and, last, renames
the folder. The note comes before the folder appears: nothing leaves that the log does not know of.
"""

from __future__ import annotations

import json
import logging
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.audit.actions import Act
from engine.audit.log import AuditDraft, Json, utc_text
from engine.audit.seal import seal_line
from engine.domain.operator import Action
from engine.export.journal import Piece, Refused
from engine.export.lines import outcome_line
from engine.export.names import Names, pseudonyms_of
from engine.export.pieces import Context, Shape
from engine.export.report import Draw
from engine.export.request import Form, Kind, Request
from engine.export.shapes import shape_of
from engine.export.sources import NOTHING
from engine.export.staging import MANIFEST, Staging, sha256_of, staging, write_file
from engine.intake.read import Reader
from engine.operators.session import Session
from engine.program import program_version
from engine.store.database import Store
from engine.store.logbook import seals
from engine.store.outcomes import counted, matching
from engine.store.wanted import Wanted
from engine.store.write import note

SEALS = "seals.jsonl"

_LINES = 500
"""Outcomes read at a time when they leave as lines."""

Progress = Callable[[int, int | None, Refused | None], None]
"""Told how many records are done, of how many where that is known, and of each that did not leave."""

_OF_OUTCOMES = frozenset(Kind) - {Kind.REVIEWS, Kind.AUDIT, Kind.COCO}
"""Kinds with a record for each outcome; how many reviews there are is not counted beforehand."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was made.

    Args:
        out: the folder.
        id: of the export, as the audit log has it.
        records: how many were taken, those that were refused too.
        refused: those that did not leave, and why.
        files: name, size and SHA-256 of each file.
    """

    out: Path
    id: str
    records: int
    refused: tuple[Refused, ...]
    files: tuple[dict[str, Json], ...]

    @property
    def complete(self) -> bool:
        """Whether every study left that there was anything to export of."""
        return all(each.code == NOTHING for each in self.refused)


def export(
    store: Store, session: Session, request: Request, *, read: Reader, draw: Draw, on_progress: Progress
) -> Exported:
    """Makes an export, or goes on with one of the same request that was stopped.

    Args:
        store: where the records are.
        session: who exports.
        request: what is asked.
        read: how files become scans.
        draw: how places are drawn, for reports.
        on_progress: see `Progress`; may raise to stop, and the next call goes on.

    Raises:
        UsageError: US-ROLE or US-IDLE, the person may not.
        ExportError: EX-OUT, EX-OUT-TAKEN, EX-OUT-OTHER or EX-OUT-BUSY. What is wrong with one study costs that one.
        StoreError: the records cannot be read, or the export cannot be noted.
    """
    session.require(Action.EXPORT)
    if not request.deidentify:
        session.require(Action.EXPORT_IDENTIFIED)
    names = pseudonyms_of(store.home) if request.deidentify else Names()
    with staging(request.out, request.line(), store.clock) as stage:
        context = Context(store, _up_to_start(request, stage), names, read, draw, stage)
        shape = shape_of(context)
        total = counted(store, context.request.wanted) if request.kind in _OF_OUTCOMES else None
        _take(shape, stage, total, on_progress)
        shape.finish()
        files = _publish(store, session, request, stage)
    refused = tuple(each for piece in stage.done for each in piece.refused)
    return Exported(request.out, stage.id, sum(piece.records for piece in stage.done), refused, files)


def outcome_lines(store: Store, session: Session, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """Outcomes as `fovea run --json` told them, oldest first; noted in the audit log before the first one leaves.

    Raises:
        UsageError: US-ROLE or US-IDLE, the person may not.
        StoreError: the records cannot be read, or the export cannot be noted.
    """
    session.require(Action.EXPORT)
    session.require(Action.EXPORT_IDENTIFIED)
    request = Request(Kind.OUTCOMES, Path(), replace(wanted, until=wanted.until or store.clock.now()), Form.JSONL)
    note(store, AuditDraft(session.name, Act.EXPORT_MADE, uuid.uuid4().hex, _detail(request, [], "")))
    after = 0
    while page := matching(store, request.wanted, _LINES, after):
        for recorded in page:
            yield outcome_line(recorded.arrival.source, recorded.study, recorded.outcome)
        after = page[-1].id


def _up_to_start(request: Request, stage: Staging) -> Request:
    """The request for records up to the moment at which the export began: the same ones after a stop."""
    until = request.wanted.until
    end = stage.started_at if until is None else min(until, stage.started_at)
    return replace(request, wanted=replace(request.wanted, until=end))


def _take(shape: Shape, stage: Staging, total: int | None, on_progress: Progress) -> None:
    count = sum(piece.records for piece in stage.done)
    while True:
        with _quietly():
            piece = shape.take(len(stage.done) + 1, stage.after)
        if piece is None:
            return
        stage.add(piece)
        count += piece.records
        for refused in piece.refused:
            on_progress(count, total, refused)
        on_progress(count, total, None)


@contextmanager
def _quietly() -> Iterator[None]:
    """Whatever is unusual in a file is told by warnings and by log lines that quote it; neither may hold a name."""
    loggers, nowhere = [logging.getLogger(name) for name in ("pydicom", "highdicom")], logging.NullHandler()
    for logger in loggers:
        logger.addHandler(nowhere)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            yield
    finally:
        for logger in loggers:
            logger.removeHandler(nowhere)


def _publish(store: Store, session: Session, request: Request, stage: Staging) -> tuple[dict[str, Json], ...]:
    seal_lines = [json.dumps(seal_line(seal)) + "\n" for seal in seals(store)]
    write_file(stage.content / SEALS, "".join(seal_lines).encode("ascii"))
    files = stage.files()
    manifest = stage.content / MANIFEST
    write_file(manifest, json.dumps(_manifest(request, stage, files), indent=1).encode("ascii"))
    note(store, AuditDraft(session.name, Act.EXPORT_MADE, stage.id, _detail(request, stage.done, sha256_of(manifest))))
    stage.publish()
    return tuple(files)


def _manifest(request: Request, stage: Staging, files: list[dict[str, Json]]) -> dict[str, Json]:
    refused: list[Json] = [
        {"case": each.case, "code": each.code, "reason": "" if request.deidentify else each.reason}
        for piece in stage.done
        for each in piece.refused
    ]
    asked = request.line()
    if request.deidentify:
        asked["study"] = None  # the hash or the id that pseudonyms stand for
    return {
        "format": "fovea-export-1",
        "id": stage.id,
        "program": f"fovea {program_version()}",
        "made_at": utc_text(stage.started_at),
        "asked": asked,
        "deidentified": request.deidentify,
        "records": sum(piece.records for piece in stage.done),
        "refused": refused,
        "files": list(files),
    }


def _detail(request: Request, done: list[Piece], manifest: str) -> dict[str, Json]:
    """What the log keeps: no folder, which may be named after a patient."""
    asked = request.line()
    return {
        **{name: asked[name] for name in ("kind", "form", "since", "until", "model", "options")},
        "one_study": request.wanted.study is not None,
        "records": sum(piece.records for piece in done),
        "refused": sum(len(piece.refused) for piece in done),
        "manifest": manifest,
    }
