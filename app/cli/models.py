"""`fovea models list|show|verify|build|pack`: the model packages."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict

from app.cli import build, verify
from app.cli.printing import print_json, print_table
from engine.evaluate.rehearse import complete_golden, store_reference
from engine.places import Home, default_home
from engine.registry.pack import pack
from engine.registry.package import CARD
from engine.registry.shelf import Shelf
from engine.registry.sign import load_signing_key


def run(arguments: Namespace) -> int:
    """Does the action; exit status 1 where a package is not as it should be."""
    return _ACTIONS[arguments.action](arguments, default_home())


def _list(arguments: Namespace, home: Home) -> int:
    shelf = Shelf.of(home)
    rows = [
        (package.card.id, package.card.version, "usable", package.card.task, str(package.path))
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


def _show(arguments: Namespace, home: Home) -> int:
    for package in Shelf.of(home).named(arguments.model):
        if arguments.json:
            print_json(asdict(package.card) | {"path": str(package.path)})
            continue
        print(f"{package.card.name}  ({package.path})\n")
        print(package.text(CARD))
    return 0


def _pack(arguments: Namespace, _home: Home) -> int:
    key = load_signing_key(arguments.key) if arguments.key else None
    for name in complete_golden(arguments.folder):
        print(f"Golden case {name}: answered on this machine and written beside its picture", file=sys.stderr)
    for name in store_reference(arguments.folder):
        print(f"Golden case {name}: what torch answers was written beside it", file=sys.stderr)
    package = pack(arguments.folder, arguments.target, key)
    if arguments.json:
        print_json({"model": package.card.name, "hash": package.card.hash, "path": str(package.path)})
    else:
        print(
            f"Packed {package.card.name} into {package.path}" + ("" if key else ", unsigned: the shelf will refuse it")
        )
    return 0


_ACTIONS = {"list": _list, "show": _show, "verify": verify.run, "build": build.run, "pack": _pack}
