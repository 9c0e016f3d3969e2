"""The grammar of the commands about records: review, export, audit, operators, backup, restore, erase, tidy."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.parser_options import as_json, count, moment, operator, studies

ROLES = ("viewer", "reader", "inspector", "lead", "administrator")
"""As `engine.domain.operator.Role`; written out, so that help does not import the engine."""

KINDS = ("outcomes", "reviews", "audit", "coco", "sr", "seg", "gsps", "report")
"""As `engine.export.request.Kind`; written out likewise."""


VERDICTS = ("accept", "warn", "reject", "agree", "disagree")
"""As `engine.domain.review.Verdict`; written out likewise."""


def review(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea review`."""
    actions = sub.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    listing = actions.add_parser("list", help="what was answered, newest first, and what became of it")
    listing.add_argument("--since", metavar="TIME", type=moment, help="answered then or later: 2026-01-31[T06:00]")
    listing.add_argument("--until", metavar="TIME", type=moment, help="answered before")
    listing.add_argument("--model", metavar="ID", help="answered by this model")
    listing.add_argument("--text", metavar="TEXT", help="a part of the path")
    listing.add_argument("--flagged", action="store_true", help="only where something was flagged")
    listing.add_argument("--contested", action="store_true", help="only where a second opinion differs, unsigned")
    listing.add_argument("--open", action="store_true", help="only what nobody has signed")
    listing.add_argument("--limit", metavar="N", type=count, default=100, help="most lines (default: %(default)s)")
    show = actions.add_parser("show", help="one study: its regions, and every version of its review")
    confirm = actions.add_parser("confirm", help="says of regions that they are right")
    reject = actions.add_parser("reject", help="says of regions that they are wrong, and why")
    add = actions.add_parser("add", help="adds a region that was missed")
    signing = actions.add_parser("sign", help="signs the review, for which the operator then answers")
    for action in (show, confirm, reject, add, signing):
        action.add_argument("study", metavar="STUDY", help="id of an arrival or hash of its study, or how it begins")
    for action in (confirm, reject):
        action.add_argument("regions", metavar="REGION", nargs="*", type=count, help="numbers as `show` counts them")
        action.add_argument("--all", action="store_true", help="every region that is not decided yet")
    reject.add_argument("--reason", metavar="TEXT", required=True, help="why")
    add.add_argument("--label", metavar="TEXT", required=True, help="what it shows")
    box = "X0 Y0 X1 Y1 in pixels as shown, or Z0 Y0 X0 Z1 Y1 X1 in voxels"
    add.add_argument("--box", metavar="N", nargs="+", type=float, required=True, help=box)
    add.add_argument("--reason", metavar="TEXT", default="", help="why")
    signing.add_argument("--verdict", choices=VERDICTS, help="of the whole: the first three are for parts")
    signing.add_argument("--comment", metavar="TEXT", help="of the whole")
    for action in (confirm, reject, add, signing):
        action.add_argument("--amendment", metavar="TEXT", default="", help="why a signed review is changed")
    for action in (listing, show, confirm, reject, add, signing):
        operator(action)
        as_json(action)


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


def monitor(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea monitor`."""
    actions = sub.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    report = actions.add_parser("report", help="each source by week, and whether it is what it was")
    report.add_argument(
        "--studies", metavar="N", type=studies, help="looks at so many of each source's newest alone, and keeps nothing"
    )
    begin = actions.add_parser("begin", help="begins the watch over a source anew, and so ends its alarm")
    begin.add_argument("source", metavar="SOURCE", help="the folder, as the report names it")
    begin.add_argument("--reason", metavar="TEXT", required=True, help="what was found, and done about it")
    operator(begin)
    for action in (report, begin):
        as_json(action)


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


def _first_key(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--first-key", metavar="FILE", type=Path, help="the first key, as `fovea audit setup` gave it")
