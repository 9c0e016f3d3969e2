"""What was decided, step by step over all studies of a session, so that it can be taken back and made again."""

from __future__ import annotations

from dataclasses import dataclass

from app.state.judgement import Judgement


@dataclass(frozen=True, slots=True)
class Step:
    """One decision.

    Args:
        source: of the study.
        before: all decisions about it until then.
        after: and since.
    """

    source: str
    before: Judgement
    after: Judgement

    @property
    def place(self) -> int | None:
        """The region that it was about; None where it was about the whole."""
        decided = zip(self.before.decisions, self.after.decisions, strict=True)
        return next((place for place, (was, now) in enumerate(decided) if was != now), None)


class History:
    """Steps that can be undone, and those that were and can be made again."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to make again."""
        return bool(self._undone)

    def did(self, step: Step) -> None:
        """A new decision: what was undone before it is no longer made again."""
        self._done.append(step)
        self._undone.clear()

    def back(self) -> Step | None:
        """The last step, which from now on can be made again."""
        return _moved(self._done, self._undone)

    def forth(self) -> Step | None:
        """The step undone last, which from now on can be undone."""
        return _moved(self._undone, self._done)

    def forget(self, source: str) -> None:
        """The steps of a study are over: it was signed, answered anew, or what was decided could not be recorded."""
        for steps in (self._done, self._undone):
            steps[:] = [step for step in steps if step.source != source]


def _moved(here: list[Step], there: list[Step]) -> Step | None:
    if not here:
        return None
    there.append(here.pop())
    return there[-1]
