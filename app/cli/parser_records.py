"""The grammar of the commands about records: export, audit, operators, backup, restore, erase, tidy."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.parser_options import as_json, moment

ROLES = ("viewer", "reader", "inspector", "lead", "administrator")
"""As `engine.domain.operator.Role`; written out, so that help does not import the engine."""

KINDS = ("outcomes", "reviews", "audit", "coco", "sr", "seg", "gsps", "report")
"""As `engine.export.request.Kind`; written out likewise."""


def export(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea export`."""
    sub.add_argument("kind", metavar="KIND", choices=KINDS, help=f"what leaves: {', '.join(KINDS)}")
    sub.add_argument("--out", metavar="DIR", type=Path, help="the folder to make; a stopped call goes on there")
    sub.add_argument("--since", metavar="TIME", type=moment, help="recorded then or later: 2026-01-31[T06:00]")
    sub.add_argument("--until", metavar="TIME", type=moment, help="recorded before")
    sub.add_argument("--study", metavar="ID", help="the hash of a study or the id of an arrival, or how it begins")
    sub.add_argument("--model", metavar="ID", help="answered by this model")
    sub.add_argument(
        "--form", choices=("csv", "jsonl", "parquet"), default="csv", help="of the tables (default: %(default)s)"
    )
    sub.add_argument("--deidentify", action="store_true", help="without names, numbers, dates and private elements")
    sub.add_argument(
        "--confirm-burned-in", action="store_true", help="with --deidentify: a person saw that no picture shows a name"
    )
    sub.add_argument(
        "--wrap-photographs", action="store_true", help="with sr, seg and gsps: makes DICOM images of photographs"
    )
    sub.add_argument("--binary", action="store_true", help="with seg: whole pixels, for programs that read no shares")
    operator(sub)
    as_json(sub)


def audit(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea audit`."""
    actions = sub.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    verify = actions.add_parser("verify", help="checks that nothing recorded was changed, removed or cut off")
    verify.add_argument(
        "--seal", metavar="FILE", type=Path, action="append", help="seals of an earlier export; may be repeated"
    )
    _first_key(verify)
    as_json(verify)
    setup = actions.add_parser("setup", help="hands the first key over: shown once, or written to --out, then wiped")
    setup.add_argument("--out", metavar="FILE", type=Path, help="a new file, on a medium that is kept elsewhere")
    setup.add_argument("--keyring", action="store_true", help="then moves the key of now into the system keyring")
    operator(setup)
    as_json(setup)


def operators(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea operators`."""
    actions = sub.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    as_json(actions.add_parser("list", help="who may log in, and who may no longer"))
    add = actions.add_parser("add", help="a new operator; the password is asked for, or read from standard input")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", choices=ROLES, required=True, help="what the person may do")
    disable = actions.add_parser("disable", help="keeps an operator from logging in; nobody is deleted")
    disable.add_argument("name", metavar="NAME")
    passwd = actions.add_parser("passwd", help="gives an operator a new password or PIN")
    passwd.add_argument("name", metavar="NAME")
    for action in (add, disable, passwd):
        operator(action)
        as_json(action)


def backup(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea backup`."""
    sub.add_argument("file", metavar="FILE", type=Path, help="where the copy goes; not there yet")
    operator(sub)
    as_json(sub)


def restore(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea restore`."""
    sub.add_argument("file", metavar="FILE", type=Path, help="a copy made by `fovea backup` or before a migration")
    _first_key(sub)
    operator(sub)
    as_json(sub)


def erase(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea erase`."""
    sub.add_argument("arrival", metavar="ARRIVAL", help="the id of an arrival, as exports and the log name it")
    operator(sub)
    as_json(sub)


def tidy(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea tidy`."""
    as_json(sub)


def operator(sub: argparse.ArgumentParser) -> None:
    """The option of every command that a person's right is asked for."""
    sub.add_argument("--operator", metavar="NAME", help="at a site: who asks (default: the name of the system's user)")


def _first_key(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--first-key", metavar="FILE", type=Path, help="the first key, as `fovea audit setup` gave it")
