"""Reads the audit log, checks it and exports it for the audit page. Called in a lane."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.jobs.run import Task

if TYPE_CHECKING:
    from engine.audit.log import AuditEntry
    from engine.operators.session import Session
    from engine.store.database import Store

PAGE = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the log is asked for.

    Args:
        text: part of what an entry says.
        action: how its action begins; empty for any.
    """

    text: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far long work has come.

    Args:
        entries: of the log that were gone through.
        of: how many there are; 0 where that is not known.
    """

    entries: int
    of: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole record found.

    Args:
        entries: how many entries hold.
        seals: how many seals the database keeps.
        broken: the entry that does not hold, and how; empty where all is intact.
        first_key_kept: whether the first key still lies on this machine, where it is to be handed over.
        triggers_gone: names of triggers that somebody took off the database; empty where all are there.
    """

    entries: int
    seals: int
    broken: str
    first_key_kept: bool
    triggers_gone: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """What an export of the log came to.

    Args:
        folder: where it lies.
        entries: how many.
    """

    folder: Path
    entries: int


def read_log(store: Store, asked: Asked, before: int | None) -> tuple[AuditEntry, ...]:
    """A page of the log, newest first."""
    from engine.store.logbook import newest  # noqa: PLC0415 -- start-up time: the window is shown first

    return newest(store, PAGE, before, asked.text, asked.action)


def check_record(store: Store, task: Task) -> Checked:
    """Goes through the whole record, and reports a `Reached` now and then."""
    from engine.store.logbook import newest  # noqa: PLC0415 -- start-up time: the window is shown first
    from engine.store.verify import verify_home  # noqa: PLC0415 -- start-up time: the window is shown first

    last = newest(store, 1, None, "", "")
    there = last[0].seq if last else 0

    def tell(entries: int) -> None:
        task.budget.check("verify")
        task.report(Reached(entries, max(entries, there)))

    verdict = verify_home(store.home, on_progress=tell)
    broken = verdict.broken
    told = f"{broken.seq}: {broken.how} ({broken.kind.value})" if broken else ""
    gone = ", ".join(verdict.triggers_gone)
    return Checked(verdict.entries, verdict.seals, told, verdict.first_key_kept, gone)


def export_log(store: Store, session: Session, folder: Path, task: Task) -> Left:
    """Writes the log with its seals into a folder that is not there yet.

    Raises:
        UsageError: the person may not.
        ExportError: the folder cannot be used.
    """
    from app.paint.marked import marked  # noqa: PLC0415 -- start-up time: the window is shown first
    from engine.export.export import export  # noqa: PLC0415
    from engine.export.journal import Refused  # noqa: PLC0415
    from engine.export.request import Form, Kind, Request  # noqa: PLC0415
    from engine.intake.isolated.pool import Decoders  # noqa: PLC0415

    def tell(done: int, total: int | None, _refused: Refused | None) -> None:
        task.budget.check("export")
        task.report(Reached(done, total or 0))

    request = Request(kind=Kind.AUDIT, out=folder, form=Form.CSV)
    made = export(store, session, request, read=Decoders().read_study, draw=marked, on_progress=tell)
    return Left(made.out, made.records)
