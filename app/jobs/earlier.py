"""Earlier studies of a patient that the record knows: found when a study is looked at, listed when one is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.jobs.answering import Answering
from app.jobs.listing import recalled
from app.jobs.records import Records
from app.state.session import Trouble
from app.text import tr
from engine.domain.outcome import Outcome
from engine.domain.scan import Scan
from engine.errors import FoveaError

if TYPE_CHECKING:
    from engine.domain.exam import Patient
    from engine.intake.find import Found
    from engine.store.database import Store
    from engine.store.persons import EarlierStudy


class Earlier(QObject):
    """Asks the record once for each study that is looked at.

    Args:
        records: where the questions are asked.
        answering: lists what is brought.
        parent: with its end nothing is called back any more.
    """

    known = Signal(str)
    """The source of a study whose earlier ones are known now."""

    def __init__(self, records: Records, answering: Answering, parent: QObject) -> None:
        super().__init__(parent)
        self._records, self._answering = records, answering
        self._asked: set[str] = set()
        self._found: dict[str, tuple[EarlierStudy, ...]] = {}

    def look(self, source: str, scan: Scan) -> None:
        """A study's picture was read: it says whose it is."""
        patient = None if scan.exam is None else scan.exam.patient
        if patient is None or not patient.id or source in self._asked:
            return
        self._asked.add(source)
        self._records.ask(
            lambda store: _earlier(store, patient),
            on_done=lambda found: self._keep(source, found),
            on_failed=lambda error: None,  # noqa: ARG005 -- those of this session can be compared with all the same
            parent=self,
        )

    def of(self, source: str) -> tuple[EarlierStudy, ...]:
        """Other studies of the patient, the ones of the same modality first, then the newest."""
        return self._found.get(source, ())

    def bring(
        self, study: EarlierStudy, *, on_there: Callable[[], None], on_missing: Callable[[Trouble], None]
    ) -> None:
        """Lists an earlier study with its answer, beside the one that is looked at.

        Args:
            study: one of those found.
            on_there: called once it is listed.
            on_missing: called where its files cannot be found any more.
        """

        def listed(recall: tuple[Found, Outcome] | None) -> None:
            if recall is None:
                on_missing(Trouble("", tr("Its answer was erased.")))
            else:
                self._answering.recall(*recall, look=False)
                on_there()

        def failed(error: FoveaError) -> None:
            on_missing(Trouble.of(error))

        self._records.ask(
            lambda store: recalled(store, study.arrival_id), on_done=listed, on_failed=failed, parent=self
        )

    def _keep(self, source: str, found: tuple[EarlierStudy, ...]) -> None:
        own = next((one.modality for one in found if one.source == source), "")
        others = [one for one in found if one.source != source]
        self._found[source] = tuple(sorted(others, key=lambda one: one.modality != own))
        self.known.emit(source)


def _earlier(store: Store, patient: Patient) -> tuple[EarlierStudy, ...]:
    from engine.store.persons import earlier_studies  # noqa: PLC0415 -- start-up time: the window is shown first

    return earlier_studies(store, patient)
