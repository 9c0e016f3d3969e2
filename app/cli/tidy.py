"""`fovea tidy`: removes received files and thumbnails that the settings keep no longer."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from app.cli.printing import print_json
from engine.places import default_home
from engine.settings import read_settings
from engine.store.database import open_store
from engine.store.retention import tidy


def run(arguments: Namespace) -> int:
    """Removes what is old enough."""
    home = default_home()
    retention = read_settings(home).retention
    with open_store(home) as store:
        removed = tidy(store, retention)
    if arguments.json:
        print_json(asdict(removed))
    elif retention.pixels_days is None and retention.thumbnails_days is None:
        print(f"The settings keep everything: [retention] in {home.settings} says otherwise.")
    else:
        print(
            f"Removed {removed.files} received files and {removed.thumbnails} thumbnails, "
            f"{removed.size_bytes / 1e6:.1f} MB. Every record stays."
        )
    return 0
