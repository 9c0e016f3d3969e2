"""What a run on a GPU found, step by step, and the page that it becomes."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from tests.gpu.lane import Lane

PROGRAMS = ("numba-cuda", "numba", "cuda-bindings", "nvidia-nvvm", "nvidia-nvjitlink", "tensorrt-rtx-cu13", "torch")
PROGRAMS_ALSO = ("cupy-cuda13x", "onnxruntime", "numpy")


@dataclass(slots=True)
class Report:
    """Collects sections; steps add to it.

    Args:
        lane: where the twins ran. In the simulator sizes are tiny and no time is a GPU's.
        card: what the driver calls the device, and what else it says about it.
        driver: its version.
    """

    lane: Lane
    card: str
    driver: str
    lines: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def rehearsal(self) -> bool:
        """Whether this is no run on a GPU: steps take small shapes and few rounds."""
        return self.lane.name != "device"

    def section(self, title: str) -> None:
        """Begins a section."""
        self.lines += ["", f"## {title}", ""]

    def say(self, line: str) -> None:
        """Adds a paragraph."""
        self.lines += [line, ""]

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Adds a table; figures are right-aligned by being figures."""
        self.lines.append("| " + " | ".join(columns) + " |")
        self.lines.append("|" + "---|" * len(columns))
        self.lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
        self.lines.append("")

    def fail(self, what: str) -> None:
        """Notes that something is not as it must be; the run goes on."""
        self.failures.append(what)
        self.say(f"**Failed:** {what}")

    def page(self, seconds: float) -> str:
        """The page, in Markdown."""
        now = datetime.now(UTC).strftime("%Y-%m-%d")
        if self.rehearsal:
            title = ["# Rehearsal in the simulator: no figure here is a GPU's", ""]
        else:
            title = ["# Figures of the GPU path", ""]
        verdict = "every check held" if not self.failures else f"{len(self.failures)} checks failed"
        head = [
            f"Written by `make gpu-check` on {now} in {seconds:.0f} s: {verdict}.",
            "",
            f"- Card: {self.card}",
            f"- Driver: {self.driver}",
            f"- Python {platform.python_version()}, {', '.join(_versions())}",
        ]
        return "\n".join([*title, *head, *self.lines]).rstrip() + "\n"


def _cell(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _versions() -> list[str]:
    found = []
    for name in (*PROGRAMS, *PROGRAMS_ALSO):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found
