"""The grammar of the commands about models: models, evaluate, train."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from app.cli.parser_options import as_json, capability, count, engine_options, modality, operator, share, span

Actions: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def models(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea models`."""
    actions = sub.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    _installed(actions)
    _checked(actions)
    _made(actions)
    _profile(
        actions.add_parser("profile", help="time, memory and figures of each effort and precision on this machine")
    )
    _answering(actions)


def _installed(actions: Actions) -> None:
    """What there is."""
    listing = actions.add_parser("list", help="the installed models")
    as_json(listing)
    show = actions.add_parser("show", help="one model: its card and figures")
    show.add_argument("model", metavar="ID")
    as_json(show)


def _checked(actions: Actions) -> None:
    """What is let in, and looked at again."""
    importing = actions.add_parser("import", help="checks a package step by step and puts it onto the shelf")
    importing.add_argument("package", metavar="PACKAGE", type=Path, help="its folder or zip")
    importing.add_argument("--unsigned", action="store_true", help="lets a package in that nobody signed")
    importing.add_argument("--reason", metavar="TEXT", help="why; shown with the model from then on")
    operator(importing)
    engine_options(importing)
    as_json(importing)
    verify = actions.add_parser(
        "verify", help="checks every hash and the signature of a package, and its golden cases on each run time"
    )
    verify.add_argument("model", metavar="ID|PATH")
    engine_options(verify)
    verify.add_argument("--truth", metavar="COCO", type=Path, help="annotations, for the figures of lower precisions")
    verify.add_argument("--images", metavar="DIR", type=Path, help="folder that their file names start from")
    as_json(verify)


def _made(actions: Actions) -> None:
    """Plans of a model, and packages."""
    build = actions.add_parser("build", help="makes the plans of TensorRT ahead of time, without a GPU too")
    build.add_argument("model", metavar="ID")
    build.add_argument(
        "--precision", action="append", choices=("fp16", "fp32"), help="of the plans; may be repeated (default: both)"
    )
    build.add_argument(
        "--capability",
        metavar="N.N",
        action="append",
        type=capability,
        help="compute capability that a plan is for; may be repeated (default: the GPU here, else all supported ones)",
    )
    as_json(build)
    pack = actions.add_parser("pack", help="makes a package from a finished folder, or from a graph and a form")
    pack.add_argument(
        "source", metavar="SOURCE", type=Path, help="a folder with a manifest and a graph, or a .onnx file"
    )
    pack.add_argument("target", metavar="TARGET", type=Path, help="a folder, or a file ending in .zip")
    pack.add_argument(
        "--form",
        metavar="FILE",
        type=Path,
        help="what a .onnx file does not say; written with what it says if not there",
    )
    pack.add_argument("--key", metavar="FILE", type=Path, help="the Ed25519 private key (PEM) to sign with")
    as_json(pack)


def _answering(actions: Actions) -> None:
    """Which version answers, and which one beside it."""
    activate = actions.add_parser("activate", help="makes a version the one that answers, if the gate lets it through")
    activate.add_argument("model", metavar="ID", help='an id, or "ID VERSION" where there are several')
    activate.add_argument("--override", action="store_true", help="an administrator's word against the gate")
    activate.add_argument("--reason", metavar="TEXT", help="with --override: why; shown with the model from then on")
    engine_options(activate)
    rollback = actions.add_parser("rollback", help="goes back at once to the version that answered before")
    rollback.add_argument("model", metavar="ID")
    rollback.add_argument("--reason", metavar="TEXT", help="why")
    shadow = actions.add_parser("shadow", help="what a version would have answered beside the active one")
    shadow.add_argument("model", metavar="ID", help='an id, or "ID VERSION" to start with')
    begins = shadow.add_mutually_exclusive_group()
    begins.add_argument("--start", action="store_true", help="has it answer the same studies, unseen, in spare time")
    begins.add_argument("--stop", action="store_true", help="ends that; what it answered is kept")
    for action in (activate, rollback, shadow):
        operator(action)
        as_json(action)


def _profile(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("model", metavar="ID", help='an id, or "ID VERSION" where there are several')
    sub.add_argument("--truth", metavar="COCO", type=Path, help="annotations, COCO JSON; without them time alone")
    sub.add_argument("--images", metavar="DIR", type=Path, help="folder that their file names start from")
    sub.add_argument(
        "--calibrate", metavar="DIR", type=Path, help="images that int8 is calibrated on (default: the golden cases)"
    )
    sub.add_argument(
        "--repeats",
        metavar="N",
        type=count,
        default=9,
        help="how often each way answers each image for its time (default: %(default)s)",
    )
    sub.add_argument(
        "--out", metavar="DIR", type=Path, help="writes profile.html with the plots, profile.pdf and profile.json"
    )
    modality(sub)
    engine_options(sub)
    _hit_iou(sub)
    sub.add_argument("--seed", type=int, default=0, help="of the bootstrap (default: %(default)s)")
    as_json(sub)


def evaluate(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea evaluate`."""
    sub.add_argument("--truth", metavar="COCO", type=Path, required=True, help="annotations, COCO JSON")
    sub.add_argument("--images", metavar="DIR", type=Path, required=True, help="folder that the file names start from")
    sub.add_argument("--model", metavar="ID", help="the model to measure; otherwise the one whose domain fits")
    sub.add_argument("--effort", metavar="NAME", default="full", help="work variant of the model (default: full)")
    modality(sub)
    engine_options(sub)
    _hit_iou(sub)
    sub.add_argument(
        "--by",
        metavar="COLUMN",
        action="append",
        help="subgroups: size, source, scanner, brightness, group or a column of the annotations; may be repeated",
    )
    sub.add_argument(
        "--require", metavar="TEXT", help="chooses a threshold, e.g. 'sensitivity >= 0.92' at the fewest false regions"
    )
    sub.add_argument(
        "--report",
        metavar="FILE",
        type=Path,
        help="writes a page with misses and false alarms: HTML, or PDF for a .pdf",
    )
    sub.add_argument("--seed", type=int, default=0, help="of the bootstrap (default: %(default)s)")
    as_json(sub)


def _hit_iou(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--hit-iou",
        metavar="IOU",
        type=share,
        help="overlap from which a finding is found (default: 0.33, for volumes 0.1)",
    )


def train(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea train`."""
    sub.add_argument("recipe", metavar="RECIPE", type=Path, help="a recipe file, or the name of a bundled one")
    sub.add_argument("--data", metavar="DIR", type=Path, required=True, help="folder of the image set")
    sub.add_argument("--out", metavar="DIR", type=Path, required=True, help="checkpoints, graph and log go here")
    sub.add_argument(
        "--minutes",
        metavar="M",
        type=span,
        help="makes the schedule as long as fits; otherwise the recipe's epochs",
    )
    sub.add_argument("--resume", action="store_true", help="goes on from the last checkpoint in --out")
    sub.add_argument("--device", choices=("cpu", "cuda"), help="where to compute (default: the GPU if there is one)")
    as_json(sub)
