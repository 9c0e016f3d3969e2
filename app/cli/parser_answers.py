"""The grammar of the commands that answer: desktop, run, demo, inspect, watch, listen."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli import parser_network
from app.cli.parser_options import as_json, engine_options, modality, operator, share, span


def desktop(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea desktop`."""
    sub.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="files or folders to open")
    engine_options(sub)


def run(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea run`."""
    sub.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files or folders; folders are searched")
    sub.add_argument("--model", metavar="ID", help="the model to use; otherwise the one whose domain fits")
    engine_options(sub)
    sub.add_argument("--budget", metavar="S", type=span, help="seconds for each study (default: no limit)")
    sub.add_argument("--threshold", metavar="T", type=share, help="score from which a region is flagged, 0 to 1")
    modality(sub)
    sub.add_argument(
        "--second",
        metavar="ID",
        help="who gives a second opinion: a model, 'flips' for the same one in the mirror, or 'none' "
        "(default: as second.toml says)",
    )
    sub.add_argument("--stat", action="store_true", help="answers these before everything else in the queue")
    sub.add_argument("--out", metavar="DIR", type=Path, help="writes an overlay PNG for each study into DIR")
    operator(sub)
    as_json(sub)


def demo(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea demo`."""
    sub.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        default=Path("fovea-demo"),
        help="where overlays and the scratch home go (default: %(default)s)",
    )
    engine_options(sub)
    as_json(sub)


def inspect(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea inspect`."""
    sub.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files or folders; folders are searched")
    modality(sub)
    as_json(sub)


def watch(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea watch`."""
    sub.add_argument("folders", metavar="DIR", nargs="*", type=Path, help="folders; without any those of the file")
    sub.add_argument(
        "--config", metavar="FILE", type=Path, help="folders and their settings (default: watch.toml in FOVEA_HOME)"
    )
    _unattended(sub)
    sub.add_argument(
        "--completion", choices=("closed", "renamed", "marker"), help="when a file is whole (default: closed)"
    )
    sub.add_argument("--marker", metavar="NAME", help="the file that says so, such as *.ready")
    sub.add_argument("--routing", choices=("leave", "move"), help="where answered files go (default: leave)")
    sub.add_argument("--events", choices=("auto", "inotify", "poll"), help="how changes are noticed (default: auto)")
    sub.add_argument("--once", action="store_true", help="ends when all that is there is answered")
    engine_options(sub)
    as_json(sub)


def listen(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea listen`."""
    parser_network.receiver(sub)
    _unattended(sub)
    engine_options(sub)
    as_json(sub)


def _unattended(sub: argparse.ArgumentParser) -> None:
    """What is asked of answers that nobody waits for."""
    sub.add_argument("--model", metavar="ID", help="the model to use; otherwise the one whose domain fits")
    modality(sub)
    sub.add_argument("--threshold", metavar="T", type=share, help="score from which a region is flagged, 0 to 1")
    sub.add_argument(
        "--budget",
        metavar="S",
        type=span,
        help="seconds from the first sight of a file to its answer (default: 10 for pictures, 180 for volumes)",
    )
    sub.add_argument(
        "--late", choices=("answer", "drop"), help="what becomes of a study whose time is over before its work begins"
    )
    sub.add_argument("--stat", action="store_true", help="answers what comes here before everything else")
