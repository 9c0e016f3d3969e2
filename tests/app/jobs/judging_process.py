"""Judges one study of a home as fast as it is recorded, until it is killed: `python -m tests.app.jobs.judging_process`.

Arguments: the home and the arrival. Each line on stdout is the number of regions whose decision is on the disk.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from app.jobs.records import Records
from app.jobs.reviewing import Reviewing
from app.jobs.run import Lane
from app.state.judging import Judging
from app.state.session import Session
from app.state.signed_in import SignedIn
from engine.operators.session import single_operator
from engine.places import Home
from engine.store.database import open_store
from engine.store.outcomes import find


def main(home: Path, arrival_id: str) -> int:
    """Confirms region after region; each is told once it is recorded, and then the next one is confirmed."""
    application = QCoreApplication([])
    with open_store(Home(home)) as store:
        found = find(store, arrival_id)
    assert found is not None
    session, parent = Session(), QObject()
    judging = Judging(session)
    records = Records(Home(home), Lane("records"))
    reviewing = Reviewing(session, judging, records, SignedIn(single_operator()), lambda _: None, parent)

    def recorded(_: str) -> None:
        judgement = judging.judgement
        assert judgement is not None
        print(len(judgement.decisions) - len(judgement.open), flush=True)  # noqa: T201 -- the parent counts
        judging.confirm()

    reviewing.recorded.connect(recorded)
    session.add(["part"])
    session.answer(0, found.outcome, None)
    while judging.judgement is None:
        application.processEvents()
    judging.go_to_open()
    judging.confirm()
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), sys.argv[2]))
