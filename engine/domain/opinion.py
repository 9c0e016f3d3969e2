"""A second opinion: another answer to the same study, and where the two disagree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.domain.region import Region

By = Literal["model", "template", "flips"]
"""Who gave it: another model, the image of a part without defects, or the same model in the mirror."""

DIFFERS = "second-opinion-differs"
"""Doubt: one of the two answers has a sure region where the other has none."""

SKIPPED = "second-opinion-skipped"
"""Doubt: the time was over before the second opinion was there in full."""

FAILED = "second-opinion-failed"
"""Doubt: there is no second opinion, though the site wants one; its code says why."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The second answer to a study.

    Args:
        by: see `By`.
        name: `id version` of a model, path of a template; empty where there was none to ask.
        hash: of the model's package, or the content hash of the template; empty as above.
        backend: run time and its version; empty of a template.
        code: of what stopped it; empty where it looked at all of the study.
        coverage: share of the scan that it looked at.
        look_ms: how long it took.
        regions: what it has flagged: boxes alone.
        missing: positions of the answer's regions that it does not have, though it looked at all of the study.
        alone: positions of its own regions that the answer does not have.
    """

    by: By
    name: str = ""
    hash: str = ""
    backend: str = ""
    code: str = ""
    coverage: float = 0.0
    look_ms: float = 0.0
    regions: tuple[Region, ...] = ()
    missing: tuple[int, ...] = ()
    alone: tuple[int, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the two answers disagree."""
        return bool(self.missing or self.alone)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What it adds to the doubts of the answer."""
        found = (DIFFERS,) if self.differs else ()
        if not self.code:
            return found
        return (*found, SKIPPED if self.code in ("BU-TIME", "BU-CANCELLED") else FAILED)
