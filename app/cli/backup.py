"""`fovea backup FILE`: a checked copy of the database, made while others work with it."""

from __future__ import annotations

import sys
from argparse import Namespace

from app.cli.login import acting
from app.cli.printing import print_json
from engine.places import default_home
from engine.store.copies import back_up
from engine.store.database import open_store


def run(arguments: Namespace) -> int:
    """Writes and checks the copy."""
    with open_store(default_home()) as store:
        copy = back_up(store, acting(store, arguments), arguments.file, _tell_progress)
    if arguments.json:
        print_json({"file": str(copy.path), "size_bytes": copy.size_bytes, "entries": copy.head.count})
    else:
        print(
            f"{copy.path}: {copy.size_bytes / 1e6:.1f} MB, checked; the audit log in it has {copy.head.count} entries."
        )
        print("The keys are not in it: keep a copy of the first key apart, see `fovea audit setup`.")
    return 0


def _tell_progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {of} pages", end="\n" if done == of else "", file=sys.stderr, flush=True)
