"""Earlier studies of a patient: found by a keyed pseudonym, so that neither the record nor its log names anybody.

The pseudonym is an HMAC of what two files must share to be of one patient. Without the key of this home nobody can make
one, or test a guess. It is no part of the record: a comparison says itself whether both files name the same patient.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.audit.key import load_key, make_key
from engine.domain.exam import Patient
from engine.places import Home
from engine.store.database import Store
from engine.store.faults import named_file_faults
from engine.store.statement import Insert
from engine.store.tables import arrivals, outcomes, persons, studies

MOST = 20
"""Earlier studies that are found at most, the newest first."""

ADD_PERSON = Insert(persons)


@dataclass(frozen=True, slots=True)
class EarlierStudy:
    """A study of the same patient that has an answer.

    Args:
        arrival_id: of its answer, the newest one where its content was answered more than once.
        source: the path as given or found.
        modality: of the study.
        recorded_at: when it was answered, UTC.
    """

    arrival_id: str
    source: str
    modality: str
    recorded_at: datetime


class Pseudonyms:
    """Of the patients of a home; their secret is made at the first use, and read once.

    Args:
        home: whose.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._secret: bytes | None = None

    def of(self, patient: Patient) -> str | None:
        """Stands for a patient; None for one whose file names no Patient ID.

        Raises:
            StoreError: ST-KEY, the secret can be read by others or has a wrong length; ST-READONLY, ST-FULL or ST-IO,
                the home cannot be written.
        """
        if not patient.id:
            return None
        if self._secret is None:
            path = self._home.keys / "persons.key"
            with named_file_faults(self._home.root):
                make_key(path)
                self._secret = load_key(path)
        born = patient.birth_date.isoformat() if patient.birth_date else ""
        message = f"person\0{patient.id}\0{born}".encode("utf-8", "surrogateescape")
        return hmac.digest(self._secret, message, hashlib.sha256)[:16].hex()


def earlier_studies(store: Store, patient: Patient, limit: int = MOST) -> tuple[EarlierStudy, ...]:
    """Studies of a patient that were answered here, each content once, those that were answered last first.

    Raises:
        StoreError: as `Pseudonyms.of`; ST-LOCKED, ST-CORRUPT or ST-IO.
    """
    person = Pseudonyms(store.home).of(patient)
    if person is None:
        return ()
    query = (
        select(
            outcomes.c.arrival_id,
            arrivals.c.source,
            studies.c.modality,
            outcomes.c.recorded_at,
            studies.c.content_hash,
        )
        .join_from(persons, outcomes, persons.c.outcome_id == outcomes.c.id)
        .join(studies, studies.c.id == outcomes.c.study_id)
        .join(arrivals, arrivals.c.id == outcomes.c.arrival_id)
        .where(persons.c.person == person)
        .order_by(persons.c.outcome_id.desc())
    )
    found: dict[str, EarlierStudy] = {}
    with store.reading() as connection:
        for arrival_id, source, modality, recorded_at, content_hash in connection.execute(query):
            found.setdefault(content_hash, EarlierStudy(arrival_id, source, modality, recorded_at))
            if len(found) == limit:
                break
    return tuple(found.values())
