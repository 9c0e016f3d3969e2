"""`fovea export KIND`: what is recorded, as a folder of tables, DICOM objects, pages or training data."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict

from app.cli.login import acting
from app.cli.printing import print_json, printable
from app.paint.marked import marked
from engine.clock import SystemClock
from engine.errors import UsageError
from engine.export.export import Exported, export, outcome_lines
from engine.export.journal import Refused
from engine.export.request import Form, Kind, Request
from engine.intake.isolated.pool import Decoders
from engine.places import default_home
from engine.store.database import open_store
from engine.store.wanted import Wanted

_QUIET_S = 2.0
"""So long may an export go on without a word."""


def run(arguments: Namespace) -> int:
    """Exports; exit status 1 if a study did not leave."""
    wanted = Wanted(
        since=arguments.since, until=arguments.until, study=arguments.study or None, model=arguments.model or None
    )
    with open_store(default_home()) as store:
        session = acting(store, arguments)
        if arguments.out is None:
            _require_lines(arguments)
            for line in outcome_lines(store, session, wanted):
                print_json(line)
            return 0
        request = Request(
            kind=Kind(arguments.kind),
            out=arguments.out,
            wanted=wanted,
            form=Form(arguments.form),
            deidentify=arguments.deidentify,
            burned_in_confirmed=arguments.confirm_burned_in,
            wrap_photographs=arguments.wrap_photographs,
            binary=arguments.binary,
        )
        read = Decoders(arguments.line).read_study
        try:
            made = export(store, session, request, read=read, draw=marked, on_progress=_Progress())
        except KeyboardInterrupt:
            print("Stopped. The same call goes on from here.", file=sys.stderr)
            return 1
    _tell(made, json=arguments.json)
    return int(not made.complete)


def _require_lines(arguments: Namespace) -> None:
    """Without a folder only outcomes leave, identified, as lines on stdout."""
    if arguments.kind != Kind.OUTCOMES or not arguments.json or arguments.deidentify:
        raise UsageError(
            "US-EXPORT-OUT",
            f"`fovea export {arguments.kind}` needs a folder to write to.",
            "Name one with --out DIR; only `fovea export outcomes --json` may do without.",
        )


class _Progress:
    """Says how far an export has come, at most every two seconds, and at once what did not leave."""

    def __init__(self) -> None:
        self._clock = SystemClock()
        self._said_s = self._clock.steady_s()

    def __call__(self, records: int, total: int | None, refused: Refused | None) -> None:
        if refused is not None:
            print(f"{refused.case}: {refused.code}: {printable(refused.reason)}", file=sys.stderr, flush=True)
        elif self._clock.steady_s() - self._said_s >= _QUIET_S:
            of = f" of {total:,}" if total is not None else ""
            print(f"Exporting: {records:,}{of} records so far", file=sys.stderr, flush=True)
            self._said_s = self._clock.steady_s()


def _tell(made: Exported, *, json: bool) -> None:
    if json:
        for file in made.files:
            print_json({"export": made.id, **file})
        for refused in made.refused:
            print_json({"export": made.id, **asdict(refused)})
        return
    print(f"{made.records:,} records, {len(made.files):,} files: {printable(str(made.out))}")
    if made.refused:
        print(f"{len(made.refused):,} did not leave; export.json says which and why.")
