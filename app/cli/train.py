"""`fovea train RECIPE`: trains a model from a recipe. The only command that needs torch."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.interrupts import interrupted_by_ctrl_c
from app.cli.printing import print_json
from engine.clock import SystemClock
from engine.errors import Cancelled, UsageError
from engine.learn.progress import LookedBack, Progress
from engine.places import RESOURCES

if TYPE_CHECKING:
    from engine.learn.produce import Forecast


def run(arguments: Namespace) -> int:
    """Trains and exports; exit status 1 if stopped, with the checkpoint kept."""
    if find_spec("torch") is None:
        raise UsageError(
            "US-TORCH",
            "Training needs torch, which is not installed.",
            "Install the extra: pip install 'fovea[learn]'.",
        )
    from engine.learn.produce import produce  # noqa: PLC0415  # torch is not there on machines that only answer
    from engine.learn.recipe import read_recipe  # noqa: PLC0415  # likewise

    tell = _Teller(as_json=arguments.json)
    with interrupted_by_ctrl_c() as stop_wanted:
        try:
            produced = produce(
                read_recipe(_recipe_file(arguments.recipe)),
                arguments.data,
                arguments.out,
                clock=SystemClock(),
                resume=arguments.resume,
                minutes=arguments.minutes,
                device=arguments.device,
                on_start=tell.start,
                on_progress=tell,
                cancelled=stop_wanted,
            )
        except Cancelled as stop:
            print(f"\n{stop}", file=sys.stderr)
            return 1
    if arguments.json:
        print_json({"model": str(produced.model), "images": produced.images, "loss": list(produced.loss)})
    else:
        print(f"\nLearned from {produced.images} images. The graph: {produced.model}")
    return 0


def _recipe_file(given: Path) -> Path:
    """The file itself, or the bundled recipe of that name."""
    bundled = RESOURCES / "recipes" / f"{given}.toml"
    return bundled if not given.exists() and bundled.is_file() else given


class _Teller:
    """Says how far a training is: each step on a terminal line, or each epoch as JSON."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def start(self, forecast: Forecast) -> None:
        """Where it runs; and how long it will take, unless the first steps tell that at once."""
        counted = ""
        if forecast.step_s is not None:
            counted = (
                f": about {_spoken(forecast.steps * forecast.step_s)}, counted as {forecast.steps} steps of "
                f"{forecast.step_s:.2f} s, which follows from a few that were timed here just now"
            )
        print(f"Training on {forecast.device} from {forecast.images} images{counted}.", file=sys.stderr)

    def __call__(self, progress: Progress | LookedBack) -> None:
        if isinstance(progress, LookedBack):
            if not self._as_json:
                line = f"looking for what was learned wrong, image {progress.image} of {progress.images}"
                print(f"\r{line:70}", end="", file=sys.stderr, flush=True)
            return
        if self._as_json:
            if progress.step == progress.steps:
                print_json(asdict(progress))
            return
        line = f"epoch {progress.epoch} of {progress.epochs}, step {progress.step} of {progress.steps}"
        left = f"{_spoken(progress.left_s)} left"
        print(f"\r{line}, loss {progress.loss:.3f}, {left}   ", end="", file=sys.stderr, flush=True)


def _spoken(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
