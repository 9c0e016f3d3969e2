"""The command line's grammar: one table of commands, each with its help, its arguments and the file that does it."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from app.cli.network import add_listen, add_query, add_send
from engine.places import default_home
from engine.program import program_version

Command = Callable[[argparse.Namespace], int]

_EPILOG = """\
exit status: 0 every study answered in full; 1 some study was not (refused, failed, incomplete, out of domain);
2 wrong use; 3 an alarm stands. FOVEA_HOME moves all state (database, models, keys, logs).
Fovea is a second reader. It is not a medical device and makes no diagnosis."""


def build_parser() -> argparse.ArgumentParser:
    """The whole grammar; `fovea PATH...` without a command means `fovea desktop PATH...`."""
    parser = _Parser(
        prog="fovea",
        description="Answers images with a local detector, shows what it flagged and records every outcome.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"fovea {program_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (add_arguments, summary) in COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=summary,
            description=summary,
            epilog=_EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add_arguments(sub)
        command = _lazily(f"app.cli.{name}")
        if name in _DECODES:
            command = _with_decoders(command)
        elif name in _ANSWERED_BY_WORKER:
            command = _with_worker(command)
        sub.set_defaults(command=command)
    return parser


class _Parser(argparse.ArgumentParser):
    """Takes `fovea PATH...` for `fovea desktop PATH...`, since a double click on a picture gives just its path."""

    def parse_known_args(  # type: ignore[override]  # argparse's own overloads cannot be repeated here
        self, args: list[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        given = list(args or [])
        if self.prog == "fovea" and (not given or (given[0] not in COMMANDS and not given[0].startswith("-"))):
            given = ["desktop", *given]
        return super().parse_known_args(given, namespace)


def _lazily(module: str) -> Command:
    """The module's `run`, imported when called: a command must not pay for the imports of the others."""

    def command(arguments: argparse.Namespace) -> int:
        status: int = import_module(module).run(arguments)
        return status

    return command


def _with_decoders(command: Command) -> Command:
    """The command with the processes that decode, the first of which starts while the engine is being imported."""

    def command_with_line(arguments: argparse.Namespace) -> int:
        with import_module("engine.intake.isolated.line").Line() as line:
            line.start()
            arguments.line = line
            return command(arguments)

    return command_with_line


def _with_worker(command: Command) -> Command:
    """The command with the worker that answers, which starts while the command is being imported."""

    def command_with_worker(arguments: argparse.Namespace) -> int:
        supervise = import_module("engine.queue.supervise")
        settings = supervise.Settings(arguments.backend, arguments.threads)
        with supervise.Supervisor(default_home(), settings) as supervisor:
            arguments.supervisor = supervisor
            return command(arguments)

    return command_with_worker


def _desktop(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="files or folders to open")
    _engine_options(sub)


def _run(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files or folders; folders are searched")
    sub.add_argument("--model", metavar="ID", help="the model to use; otherwise the one whose domain fits")
    _engine_options(sub)
    sub.add_argument("--budget", metavar="S", type=_time, help="seconds for each study (default: no limit)")
    sub.add_argument("--threshold", metavar="T", type=_share, help="score from which a region is flagged, 0 to 1")
    _modality(sub)
    sub.add_argument("--stat", action="store_true", help="answers these before everything else in the queue")
    sub.add_argument("--out", metavar="DIR", type=Path, help="writes an overlay PNG for each study into DIR")
    _json(sub)


def _demo(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        default=Path("fovea-demo"),
        help="where overlays and the scratch home go (default: %(default)s)",
    )
    _engine_options(sub)
    _json(sub)


def _inspect(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="files or folders; folders are searched")
    _modality(sub)
    _json(sub)


def _watch(sub: argparse.ArgumentParser) -> None:
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
    _engine_options(sub)
    _json(sub)


def _listen(sub: argparse.ArgumentParser) -> None:
    add_listen(sub)
    _unattended(sub)
    _engine_options(sub)
    _json(sub)


def _unattended(sub: argparse.ArgumentParser) -> None:
    """What is asked of answers that nobody waits for."""
    sub.add_argument("--model", metavar="ID", help="the model to use; otherwise the one whose domain fits")
    _modality(sub)
    sub.add_argument("--threshold", metavar="T", type=_share, help="score from which a region is flagged, 0 to 1")
    sub.add_argument(
        "--budget",
        metavar="S",
        type=_time,
        help="seconds from the first sight of a file to its answer (default: 10 for pictures, 180 for volumes)",
    )
    sub.add_argument(
        "--late", choices=("answer", "drop"), help="what becomes of a study whose time is over before its work begins"
    )
    sub.add_argument("--stat", action="store_true", help="answers what comes here before everything else")


def _models(sub: argparse.ArgumentParser) -> None:
    actions = sub.add_subparsers(title="actions", metavar="ACTION", dest="action", required=True)
    listing = actions.add_parser("list", help="the installed models")
    _json(listing)
    show = actions.add_parser("show", help="one model: its card and figures")
    show.add_argument("model", metavar="ID")
    _json(show)
    verify = actions.add_parser(
        "verify", help="checks every hash and the signature of a package, and its golden cases on each run time"
    )
    verify.add_argument("model", metavar="ID|PATH")
    _engine_options(verify)
    verify.add_argument("--truth", metavar="COCO", type=Path, help="annotations, for the figures of lower precisions")
    verify.add_argument("--images", metavar="DIR", type=Path, help="folder that their file names start from")
    _json(verify)
    build = actions.add_parser("build", help="makes the plans of TensorRT ahead of time, without a GPU too")
    build.add_argument("model", metavar="ID")
    build.add_argument(
        "--precision", action="append", choices=("fp16", "fp32"), help="of the plans; may be repeated (default: both)"
    )
    build.add_argument(
        "--capability",
        metavar="N.N",
        action="append",
        type=_capability,
        help="compute capability that a plan is for; may be repeated (default: the GPU here, else all supported ones)",
    )
    _json(build)
    pack = actions.add_parser("pack", help="makes a package from a folder with a manifest and a graph")
    pack.add_argument("folder", metavar="FOLDER", type=Path)
    pack.add_argument("target", metavar="TARGET", type=Path, help="a folder, or a file ending in .zip")
    pack.add_argument("--key", metavar="FILE", type=Path, help="the Ed25519 private key (PEM) to sign with")
    _json(pack)


def _evaluate(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--truth", metavar="COCO", type=Path, required=True, help="annotations, COCO JSON")
    sub.add_argument("--images", metavar="DIR", type=Path, required=True, help="folder that the file names start from")
    sub.add_argument("--model", metavar="ID", help="the model to measure; otherwise the one whose domain fits")
    sub.add_argument("--effort", metavar="NAME", default="full", help="work variant of the model (default: full)")
    _modality(sub)
    _engine_options(sub)
    sub.add_argument(
        "--hit-iou",
        metavar="IOU",
        type=_share,
        help="overlap from which a finding is found (default: 0.33, for volumes 0.1)",
    )
    sub.add_argument("--seed", type=int, default=0, help="of the bootstrap (default: %(default)s)")
    _json(sub)


def _train(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("recipe", metavar="RECIPE", type=Path, help="a recipe file, or the name of a bundled one")
    sub.add_argument("--data", metavar="DIR", type=Path, required=True, help="folder of the image set")
    sub.add_argument("--out", metavar="DIR", type=Path, required=True, help="checkpoints, graph and log go here")
    sub.add_argument(
        "--minutes",
        metavar="M",
        type=_time,
        help="makes the schedule as long as fits; otherwise the recipe's epochs",
    )
    sub.add_argument("--resume", action="store_true", help="goes on from the last checkpoint in --out")
    sub.add_argument("--device", choices=("cpu", "cuda"), help="where to compute (default: the GPU if there is one)")
    _json(sub)


def _status(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--expect",
        action="append",
        choices=("watch", "listen"),
        help="what is to be running, and an alarm if it is not; may be repeated",
    )
    _json(sub)


def _doctor(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--warm", action="store_true", help="compiles every kernel into the cache; ends every install")
    _json(sub)


def _engine_options(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--backend", metavar="NAME", help="run time (default: the best that works here)")
    sub.add_argument("--threads", metavar="N", type=_count, help="CPU threads (default: all that this process may use)")


def _modality(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--modality", metavar="M", type=_code_string, help="of volumes and DICOM files that name none, e.g. CT"
    )


def _json(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--json", action="store_true", help="one JSON object a line on stdout; progress on stderr")


def _time(text: str) -> float:
    value = float(text)
    if not (value > 0.0 and math.isfinite(value)):
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return value


def _share(text: str) -> float:
    value = float(text)
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def _code_string(text: str) -> str:
    """As DICOM writes a modality (PS3.5 6.2)."""
    code = text.strip().upper()
    if not re.fullmatch("[A-Z0-9_ ]{1,16}", code):
        raise argparse.ArgumentTypeError(f"{text} is not a modality such as CT or MR")
    return code


def _capability(text: str) -> tuple[int, int]:
    """As NVIDIA writes a compute capability."""
    if not re.fullmatch(r"\d{1,2}\.\d", text):
        raise argparse.ArgumentTypeError(f"{text} is not a compute capability such as 8.9")
    major, minor = text.split(".")
    return int(major), int(minor)


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 1024:
        raise argparse.ArgumentTypeError(f"{text} is not a number of threads from 1 to 1024")
    return value


_DECODES = frozenset({"inspect"})
"""Commands that read what comes from outside themselves."""

_ANSWERED_BY_WORKER = frozenset({"run"})
"""Commands that have studies answered in the home that the environment names."""

COMMANDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], str]] = {
    "desktop": (_desktop, "opens the window (also: fovea [PATH...])"),
    "demo": (_demo, "answers the bundled sample images in a scratch home, with a table and overlays"),
    "run": (_run, "answers each study and records the outcome"),
    "inspect": (_inspect, "what is found at the paths, and whether it can be read; no detector runs"),
    "watch": (_watch, "answers what comes into folders, until it is ended"),
    "models": (_models, "the model packages: list, show, verify, build, pack"),
    "evaluate": (_evaluate, "measures a model against annotated images"),
    "train": (_train, "trains a model from a recipe (needs the extra 'learn')"),
    "listen": (_listen, "receives DICOM images and answers them like those of a watched folder"),
    "status": (_status, "queue, forecast, last outcomes and health; exit status 3 if an alarm stands"),
    "query": (add_query, "what a DICOM peer holds, and on request fetches it"),
    "send": (add_send, "sends DICOM files to a peer"),
    "doctor": (_doctor, "what this machine has and lacks, each with the next step"),
}
