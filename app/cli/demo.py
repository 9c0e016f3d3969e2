"""`fovea demo`: answers the bundled sample images in a scratch home, with a table and overlays."""

from __future__ import annotations

import shutil
import sys
import time
from argparse import Namespace
from pathlib import Path

from app.cli.kernel_cache import kernels_are_cached
from app.cli.session import Options, answer_paths, exit_status, print_answers
from engine.errors import UsageError
from engine.places import RESOURCES, Home
from engine.queue.supervise import Settings, Supervisor

SAMPLES = RESOURCES / "samples"
_REFUSED_ON_PURPOSE = 1
_MADE_BY_DEMO = "made-by-demo"


def run(arguments: Namespace) -> int:
    """Answers the samples; exit status 0 if each was answered but for the one that is damaged on purpose."""
    started_s = time.perf_counter()
    warmth = "warm" if kernels_are_cached() else "cold: the kernels were compiled first"
    home = _scratch_home(arguments.out)
    overlays = arguments.out / "overlays"
    options = Options(backend=arguments.backend, threads=arguments.threads, out=overlays, json=arguments.json)
    with Supervisor(home, Settings(arguments.backend, arguments.threads)) as supervisor:
        answers = answer_paths([SAMPLES], home, options, supervisor)
    took_s = time.perf_counter() - started_s
    say = sys.stderr if arguments.json else sys.stdout
    if not arguments.json:
        print_answers(answers)
    print(f"\n{len(answers)} studies in {took_s:.1f} s ({warmth}).", file=say)
    print(f"Overlays:  {overlays}", file=say)
    print(f"Recorded:  {home.database}", file=say)
    print(f"See the same in the window:  fovea {SAMPLES}", file=say)
    refused = sum(bool(answer.outcome.code) for answer in answers)
    return 0 if refused == _REFUSED_ON_PURPOSE else exit_status(answers)


def _scratch_home(folder: Path) -> Home:
    """An empty home inside the demo's folder: the demo never touches a site's records.

    Raises:
        UsageError: US-OUT, the folder cannot be written, or holds a home that no demo made.
    """
    root = folder.absolute() / "home"
    try:
        if root.exists() and any(root.iterdir()) and not (root / _MADE_BY_DEMO).is_file():
            raise UsageError(
                "US-OUT",
                f"{root} holds something that no demo made, and would be deleted.",
                "Name another folder with --out, or move it away.",
            )
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True, mode=0o700)
        (root / _MADE_BY_DEMO).touch()
    except OSError as error:
        raise UsageError(
            "US-OUT", f"The demo cannot write to {folder}: {error.strerror}.", "Name another folder with --out."
        ) from error
    return Home(root)
