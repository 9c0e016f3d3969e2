"""`fovea query TITLE@HOST:PORT KEYWORD=VALUE...`: what a peer holds, and on request brings it here."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.calling import call_of
from app.cli.printing import print_json, print_table
from engine.errors import UsageError
from engine.network.association import Call
from engine.network.incoming import Incoming
from engine.network.peer import ae_title
from engine.network.query import Match, query, query_keys
from engine.network.retrieve import Retrieved, get, move
from engine.places import default_home
from engine.store.faults import named_file_faults

_HIDDEN = frozenset({"StudyInstanceUID", "SeriesInstanceUID"})
"""Columns that would push all others off the screen; `--json` has them."""


def run(arguments: Namespace) -> int:
    """Prints what matches; exit status 1 if nothing does, or not all of it came."""
    call = call_of(arguments)
    keys = query_keys(arguments.keys)
    with _retriever(arguments, call) as retrieve:
        if retrieve is not None and not any(keys.values()):
            raise UsageError(
                "US-KEY",
                "All that the peer holds would be fetched: no key says what is wanted.",
                "Give a key with a value, such as StudyInstanceUID=1.2.3.",
            )
        # All matches first: a peer may allow one association at a time, and the query's ends with its answers.
        matches = list(query(call, arguments.level, keys))
        are_all_here = True
        for match in matches:
            retrieved = None if retrieve is None else retrieve(match)
            if arguments.json:
                print_json(_line(match, retrieved))
            if retrieved is not None:
                told = str(retrieved.fault) if retrieved.fault else f"{retrieved.completed} objects"
                print(f"{match.level} {[*match.uids.values()][-1]}: {told}", file=sys.stderr)
                are_all_here = are_all_here and retrieved.fault is None
    if not arguments.json:
        _print(matches)
    return int(not (matches and are_all_here))


@contextmanager
def _retriever(arguments: Namespace, call: Call) -> Iterator[Callable[[Match], Retrieved] | None]:
    """What fetches a match; None where nothing is to be fetched."""
    if arguments.move is not None:
        title = ae_title(arguments.move)
        yield lambda match: move(call, match, title)
    elif arguments.get:
        home = default_home()
        folder: Path = arguments.out or home.incoming
        # Beside the files, since a file gets its name by renaming, which no file system does across disks.
        parts = folder / ".receiving" if arguments.out else home.receiving
        incoming = Incoming(folder, parts)
        with named_file_faults(folder):
            incoming.make()
            incoming.remove_parts()
        try:
            yield lambda match: get(call, match, incoming)
        finally:
            if arguments.out:
                shutil.rmtree(parts, ignore_errors=True)
        print(f"Files: {folder}", file=sys.stderr)
    else:
        yield None


def _line(match: Match, retrieved: Retrieved | None) -> dict[str, object]:
    line: dict[str, object] = {"level": match.level, **match.values}
    if retrieved is not None:
        line |= {
            "completed": retrieved.completed,
            "failed": retrieved.failed,
            "code": retrieved.fault.code if retrieved.fault else "",
            "reason": str(retrieved.fault) if retrieved.fault else "",
        }
    return line


def _print(matches: list[Match]) -> None:
    if not matches:
        print("Nothing matches.")
        return
    columns = list(dict.fromkeys(name for match in matches for name in match.values if name not in _HIDDEN))
    print_table(columns, [[match.values.get(name, "") for name in columns] for match in matches])
