"""A fuzzing run: gives case after case to a watched child, and keeps those that it did not answer as it should."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conformance.manifest import explained_codes
from tests.conftest import ROOT
from tests.fuzz.cases import Case
from tests.fuzz.memory import forget_peak, peak_bytes

DEADLINE_S = 10.0
"""No file, however damaged, may take longer."""

MEMORY_BYTES = 4 << 30
"""The most that the program may take for one file: what `Limits` allows to be decoded, as stored and as shown."""

CHILD = (sys.executable, "-m", "tests.fuzz.answer", str(MEMORY_BYTES))

_MOST_FAILURES = 50
"""A run that fails so often is broken, and would only fill the disk."""

_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Control characters, halves of characters, separators of lines and paragraphs."""

_LONGEST_REASON = 700
"""Without the name of the file."""


@dataclass(slots=True)
class Findings:
    """What a run found.

    Args:
        cases: by format.
        codes: by format and code; the code `read` is for what was read.
        failures: one sentence a case that was not answered as it should be.
        samples: one reason of each code, to be read by a person.
        slowest: seconds and case.
        hungriest: peak of memory in bytes and case.
    """

    cases: Counter[str] = field(default_factory=Counter)
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)
    slowest: tuple[float, str] = (0.0, "")
    hungriest: tuple[int, str] = (0, "")


class Campaign:
    """One run; a context, as it holds a child and a folder.

    Args:
        keep: folder for the cases that failed; made when there is one.
        command: the child; it answers a path a line with a JSON object a line.
        deadline_s: for one case.
    """

    def __init__(self, keep: Path, command: Sequence[str] = CHILD, deadline_s: float = DEADLINE_S) -> None:
        self.findings = Findings()
        self._keep = keep
        self._command = command
        self._deadline_s = deadline_s
        self._codes = explained_codes()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Campaign:
        self._scratch = tempfile.TemporaryDirectory(prefix="fuzz-")
        self._log = Path(self._scratch.name) / "log"
        return self

    def __exit__(self, *_: object) -> None:
        self._end_child()
        self._scratch.cleanup()

    def run(self, cases: Iterable[Case], until: Callable[[], bool]) -> None:
        """Tries cases until they or the time run out, or too many have failed."""
        for case in cases:
            if until() or len(self.findings.failures) >= _MOST_FAILURES:
                return
            self.try_one(case)

    def try_one(self, case: Case) -> str:
        """Gives one case to the child; returns what is wrong with its answer, which is mostly nothing."""
        findings, name = self.findings, f"case {case.number}, {case.form}, {case.what}"
        with tempfile.TemporaryDirectory(dir=self._scratch.name) as folder:
            path = case.write(Path(folder))
            started_s = time.monotonic()
            reply = self._ask(path)
            took_s = time.monotonic() - started_s
        findings.cases[case.form] += 1
        findings.slowest = max(findings.slowest, (took_s, name))
        peak = peak_bytes(self._child.pid) if self._child is not None else 0
        findings.hungriest = max(findings.hungriest, (peak, name))
        failure = reply if isinstance(reply, str) else self._judge(case, reply)
        if peak > MEMORY_BYTES:
            failure = failure or f"it took {peak / 2**20:,.0f} MiB"
        if failure:
            findings.failures.append(f"{name}: {failure}")
            self._save(case, failure)
        return failure

    def _ask(self, path: Path) -> dict[str, Any] | str:
        """The child's reply, or what became of it."""
        child = self._child or self._start_child()
        assert child.stdin is not None
        assert child.stdout is not None
        forget_peak(child.pid)
        said_before = self._log.stat().st_size
        child.stdin.write(json.dumps(str(path)).encode() + b"\n")
        child.stdin.flush()
        if not select.select([child.stdout], [], [], self._deadline_s)[0]:
            self._end_child()
            return f"no answer within {self._deadline_s:g} s"
        line = child.stdout.readline()
        said = self._log.read_bytes()[said_before:].decode(errors="replace")
        if not line:
            status = child.wait()
            self._end_child()
            return f"the program ended with status {status}\n{said}"
        reply: dict[str, Any] = json.loads(line)
        if "traceback" in reply:
            return str(reply["traceback"])
        return f"it printed\n{said}" if "Traceback" in said or "Warning" in said else reply

    def _judge(self, case: Case, reply: dict[str, Any]) -> str:
        """What is wrong with the answers."""
        if not reply["answers"]:
            return "it was given no answer"
        for answer in reply["answers"]:
            code, reason = answer["code"], answer["reason"]
            self.findings.codes[case.form, code or "read"] += 1
            if not code:
                continue
            self.findings.samples.setdefault(code, reason)
            if code not in self._codes:
                return f"the code {code} is not explained in docs/errors.md: {reason}"
            if _breaks_a_line(reason) or not reason.endswith(".") or ". " not in reason:
                return f"the reason is not two sentences on one line: {reason!r}"
            if len(reason) > _LONGEST_REASON + reason.count(answer["source"]) * len(answer["source"]):
                return f"the reason is too long: {reason}"
        return ""

    def _start_child(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "default"}
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(
                self._command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
            )
        return self._child

    def _end_child(self) -> None:
        if self._child is None:
            return
        self._child.kill()
        self._child.communicate()
        self._child = None

    def _save(self, case: Case, failure: str) -> None:
        """Keeps the files of a case and why, so that it can be tried again."""
        folder = self._keep / f"case-{case.number}"
        folder.mkdir(parents=True, exist_ok=True)
        case.write(folder)
        (folder / "why.txt").write_text(f"{case.form}: {case.what}\n{failure}\n")


def _breaks_a_line(text: str) -> bool:
    """Whether a terminal or a reader of lines would trip over it; a name may hold any other character."""
    return any(unicodedata.category(character) in _BREAKING for character in text)
