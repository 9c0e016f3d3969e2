"""Which exams of this session are of one patient: what is known of them once their pictures were read."""

from __future__ import annotations

from datetime import date

from engine.domain.exam import Exam
from engine.domain.scan import Scan


class Priors:
    """Remembers patient and day of each study, as its file names them. In memory only."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Exam, str]] = {}

    def learn(self, source: str, scan: Scan) -> None:
        """A study's picture was read."""
        if scan.exam is not None and scan.exam.patient.id:
            self._known[source] = scan.exam, scan.modality

    def day(self, source: str) -> date | None:
        """When a study was made; None where that is not known."""
        return self._known[source][0].study_date if source in self._known else None

    def of(self, source: str) -> list[str]:
        """Other studies of the same patient: those of the same modality first, then the latest before this one, then
        those after it."""
        if source not in self._known:
            return []
        exam, modality = self._known[source]
        own_day = exam.study_date or date.max
        ranked = []
        for other, (seen, kind) in self._known.items():
            if other != source and _person(seen) == _person(exam):
                day = seen.study_date or date.min
                ranked.append((kind != modality, day > own_day, abs((own_day - day).days), other))
        return [each[-1] for each in sorted(ranked)]


def _person(exam: Exam) -> tuple[str, date | None]:
    return exam.patient.id, exam.patient.birth_date
