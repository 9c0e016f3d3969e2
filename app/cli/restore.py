"""`fovea restore FILE`: puts a copy of the database back, keeps the present one aside, and records both."""

from __future__ import annotations

import sys
from argparse import Namespace

from app.cli.login import acting
from app.cli.printing import print_error, print_json
from engine.audit.key import read_first_key
from engine.clock import SystemClock
from engine.errors import StoreError
from engine.operators.session import Session, single_operator
from engine.places import Home, default_home
from engine.store.database import open_store
from engine.store.restore import restore


def run(arguments: Namespace) -> int:
    """Checks the copy and puts it in place."""
    home, clock = default_home(), SystemClock()
    first_key = read_first_key(arguments.first_key) if arguments.first_key else None
    done = restore(home, arguments.file, _session(home, arguments), clock, first_key)
    if arguments.json:
        print_json({"entries": done.head.count, "kept": str(done.kept) if done.kept else None})
        return 0
    print(f"Restored: the audit log now ends at entry {done.head.count}, which says so.")
    if done.old_head is not None:
        print(f"Before, it ended at entry {done.old_head.count}.")
    if done.kept is not None:
        print(f"The database of before is kept as {done.kept}.")
    return 0


def _session(home: Home, arguments: Namespace) -> Session:
    """Who restores. Where the database cannot be opened nobody can log in: the system's user does it, by name."""
    if not home.database.exists():
        return single_operator()
    try:
        with open_store(home) as store:
            return acting(store, arguments)
    except StoreError as error:
        print_error(error)
        user = single_operator()
        print(f"Nobody can log in there; the log will name the system's user {user.name}.", file=sys.stderr)
        return user
