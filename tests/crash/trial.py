"""A running site with one watched folder, to which something is done."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.crash.answers import problems_of_the_answers, problems_of_the_record, wait_for_answers
from tests.crash.pictures import Picture
from tests.crash.site import TINY_MODEL, Site

ANSWER_S = 60.0
WATCHING = ("--model", TINY_MODEL, "--budget", "3600")

_NOTICE_S = 20.0


@contextmanager
def running(root: Path, *options: str, **of_all: Any) -> Iterator[Site]:
    """A site with one watcher with these options besides, started."""
    with Site.open(root / "site", [(*WATCHING, *options)], **of_all) as site:
        site.install_tiny_model()
        site.start()
        yield site


@contextmanager
def configured(root: Path, *settings: str, **of_all: Any) -> Iterator[tuple[Site, Path]]:
    """A site that no watcher belongs to, with a watch.toml for a folder that is not there yet."""
    with Site.open(root / "site", [], **of_all) as site:
        site.install_tiny_model()
        folder = site.root / "share"
        lines = ("[[folder]]", f"path = '{folder}'", f"model = '{TINY_MODEL}'", "picture_s = 3600.0", *settings)
        (site.home.root / "watch.toml").write_text("\n".join(lines) + "\n")
        yield site, folder


def health(site: Site) -> tuple[int, dict[str, object]]:
    """Exit status and answer of `fovea status --json`."""
    told = site.told("status", "--json")
    return told.returncode, json.loads(told.stdout)


def wait_until(holds: Callable[[], bool], limit_s: float = _NOTICE_S) -> bool:
    """Whether something comes to hold within the time."""
    end_s = time.monotonic() + limit_s
    while time.monotonic() < end_s:
        if holds():
            return True
        time.sleep(0.2)
    return False


def all_problems(site: Site, thrown_in: dict[Path, Picture]) -> list[str]:
    """What is wrong once everything should be answered, with the site at rest."""
    unanswered = wait_for_answers(site.home, thrown_in, ANSWER_S)
    left = [str(process) for process in site.stop()]
    problems = [*problems_of_the_answers(site.home, thrown_in), *problems_of_the_record(site.home)]
    return [*unanswered, *left, *problems]
