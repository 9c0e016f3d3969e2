"""`fovea erase ARRIVAL`: removes what is recorded of one arrival; the log keeps that it was there, and that it went."""

from __future__ import annotations

from argparse import Namespace

from app.cli.login import acting
from app.cli.printing import print_json
from engine.places import default_home
from engine.store.database import open_store
from engine.store.erase import erase


def run(arguments: Namespace) -> int:
    """Erases the record."""
    with open_store(default_home()) as store:
        erase(store, acting(store, arguments), arguments.arrival)
    if arguments.json:
        print_json({"erased": arguments.arrival})
    else:
        print(f"{arguments.arrival} is erased here. Copies of the database that were made before still hold it.")
    return 0
