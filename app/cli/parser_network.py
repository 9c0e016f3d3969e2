"""The grammar of the commands for DICOM peers: listen, query, send."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.parser_options import as_json
from engine.network.peer import PORT, TITLE


def receiver(sub: argparse.ArgumentParser) -> None:
    """The options of the receiver of `fovea listen`."""
    sub.add_argument(
        "--config",
        metavar="FILE",
        type=Path,
        help="settings, which options overrule (default: listen.toml in FOVEA_HOME)",
    )
    sub.add_argument("--host", help="address to listen at (default: 127.0.0.1, this machine alone)")
    sub.add_argument("--port", metavar="N", type=int, help=f"port to listen at (default: {PORT})")
    sub.add_argument("--title", help=f"AE title of this program (default: {TITLE})")
    sub.add_argument(
        "--caller",
        metavar="TITLE",
        action="append",
        dest="callers",
        help="AE title that may call; may be repeated, and must be given to listen for other machines",
    )
    sub.add_argument("--associations", metavar="N", type=int, help="at once (default: 16)")
    sub.add_argument("--largest", metavar="MIB", type=int, dest="object_mib", help="largest object (default: 2048)")
    sub.add_argument(
        "--keep-free", metavar="MIB", type=int, dest="keep_free_mib", help="left free on the disk (default: 1024)"
    )
    sub.add_argument(
        "--quiet",
        metavar="S",
        type=float,
        dest="series_quiet_s",
        help="so long nothing comes to a series before it is whole (default: 10)",
    )
    sub.add_argument(
        "--wait",
        metavar="S",
        type=float,
        dest="wait_s",
        help="so long slices that are known to be missing are waited for (default: 60)",
    )
    sub.add_argument(
        "--routing", choices=("leave", "move"), help="where answered files go: nowhere, or to `incoming/done`"
    )
    _tls(sub)


def query(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea query`."""
    sub.add_argument("peer", metavar="TITLE@HOST:PORT", help="whom to ask")
    sub.add_argument("keys", metavar="KEYWORD=VALUE", nargs="*", help="what to look for, e.g. StudyDate=20260101-")
    sub.add_argument(
        "--level", choices=("exam", "series", "image"), default="exam", help="what is wanted (default: %(default)s)"
    )
    way = sub.add_mutually_exclusive_group()
    way.add_argument("--get", action="store_true", help="fetches what matches, over this connection (C-GET)")
    way.add_argument("--move", metavar="TITLE", help="has what matches sent to the receiver of that AE title (C-MOVE)")
    sub.add_argument(
        "--out", metavar="DIR", type=Path, help="where --get puts the files (default: `incoming` of the home)"
    )
    _title(sub)
    _tls(sub)
    as_json(sub)


def send(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea send`."""
    sub.add_argument("peer", metavar="TITLE@HOST:PORT", help="who is to store them")
    sub.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files or folders; folders are searched")
    _title(sub)
    _tls(sub)
    as_json(sub)


def _title(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--title", default=TITLE, help="AE title of this program (default: %(default)s)")


def _tls(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--tls-certificate", metavar="PEM", type=Path, help="speaks TLS, with this certificate")
    sub.add_argument("--tls-key", metavar="PEM", type=Path, help="its private key, where that is in another file")
    sub.add_argument("--tls-authority", metavar="PEM", type=Path, help="whose signature the other side's must bear")
