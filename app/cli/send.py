"""`fovea send TITLE@HOST:PORT PATH...`: sends DICOM files to a peer, as they are stored."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.cli.calling import call_of
from app.cli.printing import print_json, printable
from app.cli.searching import found_at
from engine.errors import InputError
from engine.intake.entry import Entry
from engine.network.send import Sent, send


def run(arguments: Namespace) -> int:
    """Tells what became of each file; exit status 1 if one was not stored."""
    call = call_of(arguments)
    unfound: list[Sent] = []
    stored = missed = 0
    entries = list(_entries(arguments.paths, unfound))
    for sent in (*unfound, *send(call, entries)):
        stored, missed = stored + (sent.fault is None), missed + (sent.fault is not None)
        _tell(sent, as_json=arguments.json)
    print(f"{stored} stored by {call.peer}, {missed} not", file=sys.stderr)
    return int(missed > 0 or stored == 0)


def _entries(paths: Sequence[Path], unfound: list[Sent]) -> Iterator[Entry]:
    """The files at the paths; what is no file comes with its reason to `unfound`."""
    for found in found_at(paths):
        if isinstance(found.refusal, InputError):
            unfound.append(Sent(found.source, fault=found.refusal))
        else:
            yield from found.files


def _tell(sent: Sent, *, as_json: bool) -> None:
    code, reason = ("", "") if sent.fault is None else (sent.fault.code, str(sent.fault))
    if as_json:
        status = "not-sent" if sent.fault else "sent"
        print_json(
            {"source": sent.source, "sop_instance": sent.sop_instance, "status": status, "code": code, "reason": reason}
        )
    elif sent.fault is not None:
        print(f"{printable(sent.source)}: {code}: {printable(reason)}")
