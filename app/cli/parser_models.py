"""The grammar of the commands about models: models, evaluate, train."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.parser_options import as_json, capability, engine_options, modality, share, span


def models(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea models`."""
    actions = sub.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    listing = actions.add_parser("list", help="the installed models")
    as_json(listing)
    show = actions.add_parser("show", help="one model: its card and figures")
    show.add_argument("model", metavar="ID")
    as_json(show)
    verify = actions.add_parser(
        "verify", help="checks every hash and the signature of a package, and its golden cases on each run time"
    )
    verify.add_argument("model", metavar="ID|PATH")
    engine_options(verify)
    verify.add_argument("--truth", metavar="COCO", type=Path, help="annotations, for the figures of lower precisions")
    verify.add_argument("--images", metavar="DIR", type=Path, help="folder that their file names start from")
    as_json(verify)
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
    pack = actions.add_parser("pack", help="makes a package from a folder with a manifest and a graph")
    pack.add_argument("folder", metavar="FOLDER", type=Path)
    pack.add_argument("target", metavar="TARGET", type=Path, help="a folder, or a file ending in .zip")
    pack.add_argument("--key", metavar="FILE", type=Path, help="the Ed25519 private key (PEM) to sign with")
    as_json(pack)


def evaluate(sub: argparse.ArgumentParser) -> None:
    """The arguments of `fovea evaluate`."""
    sub.add_argument("--truth", metavar="COCO", type=Path, required=True, help="annotations, COCO JSON")
    sub.add_argument("--images", metavar="DIR", type=Path, required=True, help="folder that the file names start from")
    sub.add_argument("--model", metavar="ID", help="the model to measure; otherwise the one whose domain fits")
    sub.add_argument("--effort", metavar="NAME", default="full", help="work variant of the model (default: full)")
    modality(sub)
    engine_options(sub)
    sub.add_argument(
        "--hit-iou",
        metavar="IOU",
        type=share,
        help="overlap from which a finding is found (default: 0.33, for volumes 0.1)",
    )
    sub.add_argument("--seed", type=int, default=0, help="of the bootstrap (default: %(default)s)")
    as_json(sub)


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
