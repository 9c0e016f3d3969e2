"""`fovea models import PACKAGE`: checks a package step by step and puts it onto the shelf."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict

from app.cli.kernel_cache import say_if_compiling
from app.cli.login import acting
from app.cli.printing import print_json, printable
from engine.detect.choose import backends, working_backends
from engine.errors import UsageError
from engine.places import Home
from engine.registry.activate import import_package
from engine.registry.imports import ImportRecord, ImportRefusedError, Step
from engine.store.database import open_store


def run(arguments: Namespace, home: Home) -> int:
    """Imports the package; exit status 1 where a step failed, after telling all of them."""
    table = backends(home)
    candidates = table if arguments.backend is None else working_backends(arguments.backend, table)
    because = _because(arguments)
    with open_store(home) as store:
        session = acting(store, arguments)
        say_if_compiling()
        try:
            imported = import_package(
                store,
                session,
                arguments.package,
                candidates,
                unsigned_because=because,
                threads=arguments.threads,
                on_step=_tell,
            )
        except ImportRefusedError as error:
            if arguments.json:
                print_json(record_line(error.record) | {"path": None})
            raise
    if arguments.json:
        print_json(record_line(imported.record) | {"path": str(imported.path)})
    else:
        print(f"{imported.record.model} is on the shelf: {imported.path}")
        print(f'It answers nothing yet: `fovea models activate "{imported.record.model}"` asks the gate.')
    return 0


def record_line(record: ImportRecord) -> dict[str, object]:
    """A record as one JSON object."""
    return asdict(record) | {"at": record.at.isoformat(), "passed": record.passed}


def print_record(record: ImportRecord) -> None:
    """The steps of an import, one a line."""
    print(f"Imported {record.at:%Y-%m-%d %H:%M} UTC with Fovea {record.program}:")
    for step in record.steps:
        print(f"  {_line(step)}")


def _because(arguments: Namespace) -> str:
    """The reason to let an unsigned package in; empty where nobody asks for that."""
    if arguments.unsigned != bool(arguments.reason):
        raise UsageError(
            "US-ADMISSION",
            "An unsigned package is let in by an administrator for a stated reason.",
            "Give --unsigned and --reason TEXT together, or none of them.",
        )
    return str(arguments.reason or "")


def _tell(step: Step) -> None:
    print(_line(step), file=sys.stderr, flush=True)


def _line(step: Step) -> str:
    return f"{'passed' if step.passed else 'FAILED'}  {step.name}: {printable(step.found)}"
