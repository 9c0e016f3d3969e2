"""The plans of a home: found by what they were made from, read with their seal checked, set aside where they fail.

plans/NAME.plan          a sealed plan
plans/NAME.failed        why it could not be made; not tried again by itself
plans/NAME.lock          held by whoever makes it, for as long as that takes
plans/aside/NAME.N.plan  a plan that did not load, and NAME.N.txt: why
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.detect.tensorrt.plan_file import (
    PLAN_MAX_BYTES,
    Label,
    PlanRejected,
    read_label,
    read_plain,
    read_start,
    seal,
    secret_of,
    unseal,
)
from engine.detect.tensorrt.plan_key import PlanKey
from engine.places import Home

_log = logging.getLogger(__name__)

ASIDE_KEPT = 8
"""Plans that failed and are kept for whoever wants to know why."""

TRIES = 2
"""Plans of one key that may fail to load before it is no longer made by itself."""

_MOMENT_S = 0.05

State = Literal["ready", "building", "failed", "missing"]


@dataclass(frozen=True, slots=True)
class PlanState:
    """How a plan stands.

    Args:
        state: `failed` where making it, or loading what was made, did not work; it is then made on demand alone.
        detail: of `ready` the file's name, of `failed` the reason.
    """

    state: State
    detail: str = ""


class PlanCache:
    """The plans of one home. Any number of processes may use it at once."""

    def __init__(self, home: Home) -> None:
        self._folder = home.plans
        self._secret = home.keys / "plans.key"

    def state(self, wanted: PlanKey) -> PlanState:
        """How the plan stands; costs reading a few labels."""
        if (path := self.find(wanted)) is not None:
            return PlanState("ready", path.name)
        if _is_held(self._path(wanted, "lock")):
            return PlanState("building")
        try:
            return PlanState("failed", self._path(wanted, "failed").read_text("utf-8", "replace"))
        except OSError:
            return PlanState("missing")

    def forget_others(self, models: Collection[str]) -> None:
        """Removes the plans of models that are not among these.

        Args:
            models: hashes of the installed packages.
        """
        for path, key in self._labels():
            if key.model not in models:
                path.unlink(missing_ok=True)

    def count(self) -> int:
        """How many plans there are, for whatever cards."""
        return sum(1 for _ in self._labels())

    def find(self, wanted: PlanKey) -> Path | None:
        """The file of a plan that serves; one made for exactly this first. Its seal is not checked yet."""
        serving = [(key != wanted, path) for path, key in self._labels() if key.serves(wanted)]
        return min(serving)[1] if serving else None

    def read(self, path: Path, graph_hash: str) -> bytes:
        """The plan in a file, its seal checked in the very bytes handed out.

        Args:
            path: as found.
            graph_hash: SHA-256 of the graph that is to be answered with.

        Raises:
            PlanRejected: it is damaged, made elsewhere, or from another graph.
        """
        try:
            label, plan = unseal(read_plain(path, PLAN_MAX_BYTES), secret_of(self._secret))
        except OSError as error:
            raise PlanRejected(f"cannot be read: {error.strerror or error}") from error
        if f"{label.key.name}.plan" != path.name:
            raise PlanRejected("lies under another plan's name")
        if label.graph != graph_hash:
            raise PlanRejected("was made from another graph")
        return plan

    def write(self, label: Label, plan: bytes) -> Path:
        """Keeps a plan, in the place of those that it succeeds: same model, precision and GPUs. One writer at a time.

        Raises:
            OSError: the home cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(label.key, "plan")
        part = self._path(label.key, "part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(seal(label, plan, secret_of(self._secret)))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        self._path(label.key, "failed").unlink(missing_ok=True)
        for other, key in self._labels():
            if key != label.key and _succeeds(label.key, key):
                other.unlink(missing_ok=True)
        return path

    def note_failure(self, wanted: PlanKey, reason: str) -> None:
        """Keeps why a plan could not be made.

        Raises:
            OSError: the home cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path(wanted, "failed").write_text(reason, "utf-8")

    def set_aside(self, path: Path, reason: str) -> None:
        """Moves a plan that does not load out of the way, with its reason. The second of a key counts as its failure.

        Raises:
            OSError: the home cannot be written.
        """
        aside = self._folder / "aside"
        aside.mkdir(mode=0o700, parents=True, exist_ok=True)
        earlier = len(list(aside.glob(f"{path.stem}.*.txt")))
        target = aside / f"{path.stem}.{secrets.token_hex(4)}.plan"
        path.replace(target)
        target.with_suffix(".txt").write_text(f"{path.name} {reason}\n", "utf-8")
        _log.warning("The plan %s was set aside: it %s.", path.name, reason)
        if earlier + 1 >= TRIES:
            path.with_suffix(".failed").write_text(f"the plan was made {earlier + 1} times and {reason}", "utf-8")
        kept = sorted(aside.glob("*.txt"), key=lambda text: text.stat().st_mtime, reverse=True)
        for old in kept[ASIDE_KEPT:]:
            old.unlink(missing_ok=True)
            old.with_suffix(".plan").unlink(missing_ok=True)

    @contextmanager
    def making(self, wanted: PlanKey) -> Iterator[bool]:
        """Holds the right to make a plan; gives False where another thread or process has it.

        Raises:
            OSError: the home cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(wanted, "lock")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        # Whoever asks for the state holds the lock for a moment.
        if not (held := _lock(descriptor)):
            time.sleep(_MOMENT_S)
            held = _lock(descriptor)
        try:
            yield held
        finally:
            if held:
                path.unlink(missing_ok=True)
            os.close(descriptor)

    def _labels(self) -> Iterator[tuple[Path, PlanKey]]:
        try:
            paths = sorted(self._folder.glob("*.plan"))
        except OSError:
            return
        for path in paths:
            try:
                yield path, read_label(read_start(path)).key
            except FileNotFoundError:
                continue  # succeeded by another this very moment
            except (PlanRejected, OSError) as error:
                self._remove_unread(path, str(error))

    def _remove_unread(self, path: Path, reason: str) -> None:
        try:
            self.set_aside(path, reason)
        except OSError as error:
            _log.warning("The plan %s cannot be set aside: %s", path.name, error)

    def _path(self, key: PlanKey, suffix: str) -> Path:
        return self._folder / f"{key.name}.{suffix}"


def _succeeds(new: PlanKey, old: PlanKey) -> bool:
    """Whether the old plan is of no use any more once the new one is there."""
    if (new.model, new.make, new.precision) != (old.model, old.make, old.precision):
        return False
    outdated = (new.version, new.recipe) != (old.version, old.recipe)
    return outdated or set(old.capabilities) <= set(new.capabilities)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_held(path: Path) -> bool:
    """Whether a process holds the lock; a file that one left behind says nothing."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        return not _lock(descriptor)
    finally:
        os.close(descriptor)
