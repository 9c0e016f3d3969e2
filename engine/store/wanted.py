"""Which outcomes are asked for: the filter that exports and the worklist share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, not_, or_

from engine.domain.outcome import Status
from engine.store.tables import arrivals, opinions, outcomes, reviews, studies


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an outcome must be to be listed; None asks for nothing.

    Args:
        since: recorded then or later, UTC.
        until: recorded before, UTC.
        study: content hash of the study or id of the arrival, or how either begins.
        model: `id version`, or the id alone for all its versions.
        status: see `Status`.
        flagged: whether anything was flagged.
        text: part of the source of the study, or of the arrival where nothing could be read.
        contested: whether a second opinion disagrees with the answer, and nobody has signed a review of it.
    """

    since: datetime | None = None
    until: datetime | None = None
    study: str | None = None
    model: str | None = None
    status: Status | None = None
    flagged: bool | None = None
    text: str | None = None
    contested: bool | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """What the joined rows of arrivals, studies and outcomes must fulfil."""
        found: list[ColumnElement[bool]] = []
        if self.since is not None:
            found.append(outcomes.c.recorded_at >= self.since)
        if self.until is not None:
            found.append(outcomes.c.recorded_at < self.until)
        if self.study is not None:
            begins = (
                column.startswith(self.study, autoescape=True) for column in (studies.c.content_hash, arrivals.c.id)
            )
            found.append(or_(*begins))
        if self.model is not None:
            versions = outcomes.c.model.startswith(f"{self.model} ", autoescape=True)
            found.append((outcomes.c.model == self.model) | versions)
        if self.status is not None:
            found.append(outcomes.c.status == self.status.value)
        if self.flagged is not None:
            found.append(outcomes.c.flagged.is_(self.flagged))
        if self.text is not None:
            found.append(
                cast(func.coalesce(studies.c.source, arrivals.c.source), Text).contains(self.text, autoescape=True)
            )
        if self.contested is not None:
            differs = exists().where(opinions.c.outcome_id == outcomes.c.id, opinions.c.differs)
            signed = exists().where(reviews.c.outcome_id == outcomes.c.id, reviews.c.signed_at.is_not(None))
            open_ = and_(differs, not_(signed))
            found.append(open_ if self.contested else not_(open_))
        return found
