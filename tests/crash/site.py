"""A site in a scratch folder: a home, watched folders, and a real `fovea watch` for each of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from engine.places import Home
from engine.registry.pack import pack
from engine.registry.sign import load_signing_key, make_key_pair
from tests.conftest import ROOT
from tests.crash.processes import Process, processes_of, wait_for_end
from tests.crash.small_disk import SmallDisk
from tests.engine.tiny_model import write_source

TINY_MODEL = "bright-spots"

_END_S = 20.0
"""How long a process may take to end after its parent has gone or it was asked to."""

_REAP_S = 5.0
_TOLD_S = 120.0
_STACKS = {"PYTHONFAULTHANDLER": "1"}


@dataclass(slots=True)
class Watched:
    """A watched folder.

    Args:
        folder: the folder.
        options: what its `fovea watch` is given besides.
        watcher: the process; None while it does not run.
    """

    folder: Path
    options: tuple[str, ...]
    watcher: subprocess.Popen[bytes] | None = None

    def reap(self, within_s: float = 0.0) -> None:
        """Forgets a watcher that has ended, or ends within so long."""
        if self.watcher:
            with suppress(subprocess.TimeoutExpired):
                self.watcher.wait(within_s)
                self.watcher = None


@dataclass(frozen=True, slots=True)
class Site:
    """Folders and processes of one site.

    Args:
        root: holds everything.
        home: its home.
        watched: its watched folders.
        disk: the small disk that the home lies on; None where the system allows none.
        prefix: a command that all programs of the site are started by.
        environment: of all programs of the site, besides this one's.
    """

    root: Path
    home: Home
    watched: tuple[Watched, ...]
    disk: SmallDisk | None
    prefix: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def open(
        cls,
        root: Path,
        watching: Sequence[tuple[str, ...]],
        *,
        prefix: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> Iterator[Site]:
        """Makes a site in a new folder, and kills all of its processes at the end of the block.

        Args:
            root: the folder.
            watching: options of `fovea watch`, for each watched folder.
            prefix: a command that all programs of the site are started by.
            environment: of all programs of the site, besides this one's.
        """
        home = Home(root / "home")
        watched = tuple(Watched(root / f"in-{number}", options) for number, options in enumerate(watching))
        for folder in (home.root, root / "outside", root / "by-hand", *(one.folder for one in watched)):
            folder.mkdir(parents=True)
        disk = SmallDisk.at(home.root)
        site = cls(root, home, watched, disk, prefix, environment or {})
        try:
            yield site
        finally:
            site.kill(processes_of(home))
            if disk:
                disk.free()
                shutil.copytree(home.root, root / "home-at-the-end")
                disk.unmount()

    @property
    def outside(self) -> Path:
        """A folder on the disk of the watched ones that nobody watches."""
        return self.root / "outside"

    @property
    def by_hand(self) -> Path:
        """A folder of files that a person gives to the program."""
        return self.root / "by-hand"

    @property
    def output(self) -> Path:
        """What the processes printed."""
        return self.root / "output.txt"

    def install_tiny_model(self) -> None:
        """Puts the tests' model on the shelf, beside the bundled ones: it is taken where `--model` names it."""
        (self.home.keys / "trusted").mkdir(parents=True)
        make_key_pair(self.root / "maker.key", self.home.keys / "trusted" / "maker.pub")
        key = load_signing_key(self.root / "maker.key")
        pack(write_source(self.root / "model"), self.home.models / TINY_MODEL, key)

    def start(self) -> None:
        """Starts a watcher for each folder that has none."""
        for one in self.watched:
            one.reap()
            if one.watcher is None:
                one.watcher = self.fovea("watch", one.folder, *one.options)

    def fovea(self, *arguments: object) -> subprocess.Popen[bytes]:
        """Starts a command of the program on this home; what it prints goes to `output`."""
        with self.output.open("ab") as output:
            return subprocess.Popen(
                self._command(*arguments),
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    @contextmanager
    def at_work(self, *arguments: object) -> Iterator[None]:
        """Runs a command of the program on this home inside the block, and asks it to end after it."""
        process = self.fovea(*arguments)
        try:
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_END_S)

    def told(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Runs a command of the program on this home to its end."""
        return subprocess.run(
            self._command(*arguments),
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_TOLD_S,
            check=False,
        )

    def stop(self) -> tuple[Process, ...]:
        """Asks all watchers to end; returns the processes that are left when none should be."""
        for one in self.watched:
            if one.watcher:
                one.watcher.send_signal(signal.SIGTERM)
        left = wait_for_end(self.home, _END_S)
        for one in self.watched:
            one.reap(within_s=_REAP_S)
        return left

    def kill(self, processes: Iterable[Process]) -> None:
        """Kills them; the watchers among them are gone on return, and `start` starts them again."""
        met = {process.pid for process in processes}
        for pid in met:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for one in self.watched:
            if one.watcher and one.watcher.pid in met:
                one.reap(within_s=_REAP_S)

    def abort(self) -> None:
        """Ends all with what each of their threads was doing, in `output` and in the worker's log of crashes."""
        for process in processes_of(self.home):
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGABRT)
        wait_for_end(self.home, _END_S)

    def workers(self) -> tuple[Process, ...]:
        """The worker; more than one only for the moment in which one ends and the next begins."""
        return tuple(process for process in processes_of(self.home) if process.is_worker)

    def watchers(self) -> tuple[Process, ...]:
        """Those that run, the supervisor first: the worker is its child."""
        ours = {one.watcher.pid for one in self.watched if one.watcher}
        parents = {worker.parent for worker in self.workers()}
        found = (process for process in processes_of(self.home) if process.pid in ours)
        return tuple(sorted(found, key=lambda process: process.pid not in parents))

    def _command(self, *arguments: object) -> list[str]:
        return [*self.prefix, sys.executable, "-P", "-m", "app.cli.main", *map(str, arguments)]

    def _environment(self) -> Mapping[str, str]:
        paths = os.pathsep.join((str(ROOT), *filter(None, sys.path)))
        return os.environ | _STACKS | {"FOVEA_HOME": str(self.home.root), "PYTHONPATH": paths} | self.environment
