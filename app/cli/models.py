"""`fovea models ACTION`: the model packages, and which of them answer."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from app.cli import activating, build, importing, packing, profiling, verify
from app.cli.activating import change_line, change_text, changes_at, standing_at
from app.cli.printing import print_json, print_table, printable
from app.model_place import place_of
from engine.domain.activation import Standing
from engine.evaluate.operating import KeptPoint, kept_points
from engine.evaluate.report import interval_text
from engine.places import Home, default_home
from engine.registry.imports import Imports
from engine.registry.package import CARD, Package
from engine.registry.shelf import Shelf


def run(arguments: Namespace) -> int:
    """Does the action; exit status 1 where a package is not as it should be."""
    return _ACTIONS[arguments.action](arguments, default_home())


def _list(arguments: Namespace, home: Home) -> int:
    shelf = Shelf.of(home)
    standing = standing_at(home)
    rows = [
        (package.card.id, package.card.version, _state(shelf, package, standing), package.card.task, str(package.path))
        for package in shelf.packages
    ] + [
        (refused.path.stem, "-", refused.error.code, refused.error.message, str(refused.path))
        for refused in shelf.refused
    ]
    head = ("model", "version", "state", "what it does", "path")
    if arguments.json:
        for row in rows:
            print_json(dict(zip(head, row, strict=True)))
    else:
        print_table(head, rows)
    return int(bool(shelf.refused) or not shelf.packages)


def _state(shelf: Shelf, package: Package, standing: Standing) -> str:
    place = place_of(shelf, package, standing).value
    return f"{place}, unsigned" if package.admission else place


def _show(arguments: Namespace, home: Home) -> int:
    changes = changes_at(home)
    for package in Shelf.of(home).named(arguments.model):
        record = Imports(home).of(package.card)
        own = [change for change in changes if change.release.hash == package.card.hash]
        points = kept_points(home, package.card)
        if arguments.json:
            unsigned = str(package.admission) if package.admission else None
            steps = importing.record_line(record) if record else None
            told = {"unsigned": unsigned, "import": steps, "changes": [change_line(change) for change in own]}
            chosen = {"points": [asdict(point) for point in points]}
            print_json(asdict(package.card) | {"path": str(package.path)} | told | chosen)
            continue
        print(f"{package.card.name}  ({package.path})\n")
        if package.admission:
            print(f"{printable(str(package.admission))}\n")
        if record:
            importing.print_record(record)
            print()
        for change in own:
            print(printable(change_text(change)))
        for point in points:
            print(printable(f"Chosen here for {point.requirement} of {point.label}: {_reached(point)}"))
        print(package.text(CARD))
    return 0


def _reached(point: KeptPoint) -> str:
    sensitivity, false = map(interval_text, (point.sensitivity, point.false_per_image))
    return f"threshold {point.threshold:.4f}, sensitivity {sensitivity}, false regions an image {false}"


_ACTIONS = {
    "list": _list,
    "show": _show,
    "import": importing.run,
    "verify": verify.run,
    "build": build.run,
    "profile": profiling.run,
    "pack": packing.run,
    "activate": activating.run,
    "rollback": activating.run_rollback,
    "shadow": activating.run_shadow,
}
