"""The command line's grammar: one table of commands, each with its help, its arguments and the file that does it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module

from app.cli import parser_answers, parser_models, parser_network, parser_records
from app.cli.kernel_cache import use_kernel_cache
from app.cli.parser_options import as_json
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
    parser.add_argument("--version", action=_Version, nargs=0, help="prints the version and ends")
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
        if name != "desktop":  # which shows its window first, and does the same then
            command = _at_home(command)
        if name in _DECODES:
            command = _with_decoders(command)
        elif name in _ANSWERED_BY_WORKER:
            command = _with_worker(command)
        sub.set_defaults(command=command)
    return parser


class _Version(argparse.Action):
    """Looks the version up when it is asked for, which no other start has to wait for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"fovea {program_version()}")
        parser.exit()


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


def _at_home(command: Command) -> Command:
    """The command with its log, and the place of compiled kernels, which has to be known before Numba is imported."""

    def command_at_home(arguments: argparse.Namespace) -> int:
        home = default_home()
        import_module("engine.journal").keep_journal(home)
        use_kernel_cache(home)
        return command(arguments)

    return command_at_home


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


def _status(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--expect",
        action="append",
        choices=("watch", "listen"),
        help="what is to be running, and an alarm if it is not; may be repeated",
    )
    as_json(sub)


def _doctor(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--warm", action="store_true", help="compiles every kernel, and compares each run time with the reference"
    )
    as_json(sub)


_DECODES = frozenset({"inspect", "export"})
"""Commands that read what comes from outside themselves."""

_ANSWERED_BY_WORKER = frozenset({"run"})
"""Commands that have studies answered in the home that the environment names."""

COMMANDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], str]] = {
    "desktop": (parser_answers.desktop, "opens the window (also: fovea [PATH...])"),
    "demo": (parser_answers.demo, "answers the bundled sample images in a scratch home, with a table and overlays"),
    "run": (parser_answers.run, "answers each study and records the outcome"),
    "inspect": (parser_answers.inspect, "what is found at the paths, and whether it can be read; no detector runs"),
    "watch": (parser_answers.watch, "answers what comes into folders, until it is ended"),
    "listen": (parser_answers.listen, "receives DICOM images and answers them like those of a watched folder"),
    "query": (parser_network.query, "what a DICOM peer holds, and on request fetches it"),
    "send": (parser_network.send, "sends DICOM files to a peer"),
    "status": (_status, "queue, forecast, last outcomes and health; exit status 3 if an alarm stands"),
    "models": (
        parser_models.models,
        "the model packages: list, show, import, verify, build, profile, pack, activate, rollback, shadow",
    ),
    "evaluate": (parser_models.evaluate, "measures a model against annotated images"),
    "train": (parser_models.train, "trains a model from a recipe (needs the extra 'learn')"),
    "review": (parser_records.review, "judges what was answered: list, show, confirm, reject, add, sign"),
    "export": (parser_records.export, "what is recorded, as tables, DICOM objects, pages or training data"),
    "audit": (parser_records.audit, "the record of what was done: verify it, hand its first key over"),
    "monitor": (parser_records.monitor, "whether what comes in, and what is answered, is still what it was"),
    "operators": (parser_records.operators, "who may log in at this site, and with which role"),
    "backup": (parser_records.backup, "a checked copy of the database, made while others work with it"),
    "restore": (parser_records.restore, "puts a copy of the database back, and records that"),
    "erase": (parser_records.erase, "removes what is recorded of one arrival, and records that"),
    "tidy": (parser_records.tidy, "removes received files and thumbnails that the settings keep no longer"),
    "doctor": (_doctor, "what this machine has and lacks, each with the next step"),
}
