"""A request: what is wanted of one answer, beside the study itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Late = Literal["answer", "drop"]
"""What becomes of a study whose deadline passed before its work began: `answer` answers it in full with the doubt
`late`, `drop` does not look at it any more and says so."""

FULL = "full"
"""The effort that every model has; see `ModelCard.efforts`."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a person, a watched folder or a receiver asked for; all of it may be left open.

    When the answer is due is no part of it: that is the arrival's deadline.

    Args:
        model_id: the model to use; None takes the one whose domain fits.
        modality: of volumes and DICOM files that name none; see `intake.read.read_study`.
        threshold: score from which a region is flagged; None takes the model's own.
        effort: work variant of the model; None takes the best that the time left allows, `full` without a deadline.
        budget_s: seconds that the work itself may take, waiting for other studies not counted, whatever the deadline;
            None leaves it to the deadline.
        late: what becomes of a study whose deadline passed before its work began.
        reuse: whether the recorded outcome of the same content may be repeated, where all that the regions depend on
            is equal and coverage was 1.
        second: whose second opinion is wanted: the name of a model, `flips` or `none`; None leaves it to the site.
    """

    model_id: str | None = None
    modality: str | None = None
    threshold: float | None = None
    effort: str | None = None
    budget_s: float | None = None
    late: Late = "answer"
    reuse: bool = False
    second: str | None = None


NOTHING_ASKED = Request()
"""All of it left open."""
