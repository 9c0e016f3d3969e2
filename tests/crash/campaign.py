"""A run of rounds on one site: throws files in, kills, fills the disk, starts again, and judges the record."""

from __future__ import annotations

import heapq
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.crash.answers import answered, open_jobs, problems_of_the_answers, problems_of_the_record
from tests.crash.files import append, is_settled, problems_of_the_files, rename_in, throw_in
from tests.crash.pictures import Picture, picture
from tests.crash.plan import Blow, ByHand, Drop, Manner, Round, Victim
from tests.crash.processes import processes_of
from tests.crash.site import TINY_MODEL, Site

ANSWER_S = 90.0
"""How long all files of a round may take to be answered after its last blow, on a machine busy with other things."""

_IN_FULL = ("--model", TINY_MODEL, "--budget", "3600")

WATCHING = (_IN_FULL, (*_IN_FULL, "--routing", "move"))
"""Options of the two watchers: one leaves its files where they are, the other moves those that are answered. Time does
not run out for either, so that every sound file has to be answered in full."""

_MOVES = 1

_AGAIN_S = 5.0
"""How long after its end a watcher is started again, as the service unit does: on a full disk none can begin."""

_PARTS = 4
_PART_S = 0.1
_LOOK_S = 0.1

Deed = Callable[[], None]


@dataclass(slots=True)
class Findings:
    """What a run has seen.

    Args:
        rounds: how many were played.
        files: how many were thrown in.
        killed: how often each victim was met.
        full: how often the disk was full.
        slowest_s: the longest that a round's files took after its last blow.
        failures: what was not as it must be, a round each.
    """

    rounds: int = 0
    files: int = 0
    killed: Counter[str] = field(default_factory=Counter)
    full: int = 0
    slowest_s: float = 0.0
    failures: list[str] = field(default_factory=list)


class Campaign:
    """Plays rounds; all of them on one site, so that what one leaves behind meets the next.

    Args:
        root: a folder for it, emptied; it is kept where something failed.
    """

    def __init__(self, root: Path) -> None:
        self.findings = Findings()
        self._root = root
        self._thrown_in: dict[Path, Picture] = {}
        self._perhaps: dict[Path, Picture] = {}
        self._open = ExitStack()

    def __enter__(self) -> Campaign:
        shutil.rmtree(self._root, ignore_errors=True)
        self._site = self._open.enter_context(Site.open(self._root, WATCHING))
        self._site.install_tiny_model()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_exception: object) -> None:
        self._open.close()
        if kind is None and not self.findings.failures:
            shutil.rmtree(self._root)

    def run(self, rounds: Iterable[Round]) -> Findings:
        """Plays them, and stops at the first that fails: what comes after it would be judged by its remains."""
        for one in rounds:
            failures = self._play(one)
            self.findings.rounds += 1
            if failures:
                self.findings.failures = [f"{one}: {failure}" for failure in failures]
                return self.findings
        self.findings.failures = [f"left at the end: {process}" for process in self._site.stop()]
        return self.findings

    def _play(self, one: Round) -> list[str]:
        left = self._site.stop() if one.is_fresh else ()
        if left:
            return [f"left before it: {process}" for process in left]
        by_hand = self._act(one)
        self._site.start()
        began_s = time.monotonic()
        if by_hand and one.by_hand and self._ended_well(by_hand) and not one.full_s:
            self._thrown_in |= {path: self._perhaps.pop(path) for path in self._paths(one.by_hand)}
        self._wait_for_answers(began_s + ANSWER_S)
        self.findings.slowest_s = max(self.findings.slowest_s, time.monotonic() - began_s)
        unfinished = open_jobs(self._site.home)
        return [
            *([f"{unfinished} jobs are still open"] if unfinished else []),
            *problems_of_the_files(self._thrown_in, moved_from=self._site.watched[_MOVES].folder),
            *problems_of_the_answers(self._site.home, self._thrown_in, self._perhaps),
            *problems_of_the_record(self._site.home),
        ]

    def _act(self, one: Round) -> subprocess.Popen[bytes] | None:
        """Does what the plan says when it says so; returns what a person started meanwhile."""
        by_hand: list[subprocess.Popen[bytes]] = []
        order = count()  # deeds of one moment are done in the order in which they were planned
        deeds: list[tuple[float, int, Deed]] = []

        def plan(at_s: float, deed: Deed) -> None:
            heapq.heappush(deeds, (at_s, next(order), deed))

        plan(0.0, self._site.start)
        for drop in one.drops:
            self._plan_drop(drop, plan)
        for blow in one.blows:
            plan(blow.at_s, lambda blow=blow: self._strike(blow))
            plan(blow.again_s, self._site.start)
        if one.full_s and self._site.disk:
            plan(one.full_s[0], self._site.disk.fill)
            plan(one.full_s[1], self._site.disk.free)
            self.findings.full += 1
        if one.by_hand:
            paths = self._paths(one.by_hand)
            self._perhaps |= throw_in(self._site.by_hand, *one.by_hand.names)
            self.findings.files += len(paths)
            plan(one.by_hand.at_s, lambda: by_hand.append(self._site.fovea("run", *paths, "--model", TINY_MODEL)))
        began_s = time.monotonic()
        while deeds:
            at_s, _, deed = heapq.heappop(deeds)
            time.sleep(max(0.0, began_s + at_s - time.monotonic()))
            deed()
        return by_hand[0] if by_hand else None

    def _paths(self, by_hand: ByHand) -> list[Path]:
        return [self._site.by_hand / name for name in by_hand.names]

    def _ended_well(self, by_hand: subprocess.Popen[bytes]) -> bool:
        """Waits for the end of `fovea run`; False where it was killed."""
        try:
            return by_hand.wait(ANSWER_S) >= 0
        except subprocess.TimeoutExpired:
            self._site.abort()
            by_hand.wait()
            return True  # so that what lacks is missed

    def _plan_drop(self, drop: Drop, plan: Callable[[float, Deed], None]) -> None:
        target = self._site.watched[drop.folder].folder / drop.name
        made = self._thrown_in[target] = picture(drop.name)
        self.findings.files += 1
        if drop.manner is Manner.SLOWLY:
            size = -(-len(made.content) // _PARTS)
            for part in range(_PARTS):
                piece = made.content[part * size : (part + 1) * size]
                plan(drop.at_s + part * _PART_S, lambda piece=piece: append(target, piece))
        elif drop.manner is Manner.RENAMED:
            plan(drop.at_s, lambda: rename_in(target, made.content, self._site.outside))
        else:
            plan(drop.at_s, lambda: append(target, made.content))

    def _strike(self, blow: Blow) -> None:
        watchers = self._site.watchers()
        match blow.victim:
            case Victim.WORKER:
                met = self._site.workers()
            case Victim.SUPERVISOR:
                met = watchers[:1] if self._site.workers() else ()
            case Victim.WATCHER:
                met = watchers[1:2]
            case Victim.EVERYONE:
                met = processes_of(self._site.home)
        self._site.kill(met)
        self.findings.killed[blow.victim if met else f"{blow.victim} not there"] += 1

    def _wait_for_answers(self, end_s: float) -> None:
        """Until every file is answered and where it belongs, or the time is over: what lacks then is found below."""
        wanted = set(map(str, self._thrown_in))
        moved_from = self._site.watched[_MOVES].folder
        again_s = time.monotonic() + _AGAIN_S
        while time.monotonic() < end_s:
            if time.monotonic() >= again_s:
                self._site.start()
                again_s = time.monotonic() + _AGAIN_S
            if wanted <= answered(self._site.home) and is_settled(moved_from) and not open_jobs(self._site.home):
                return
            time.sleep(_LOOK_S)
        self._site.abort()
