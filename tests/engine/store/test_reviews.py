import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.domain.operator import Operator, Role
from engine.domain.review import Verdict
from engine.errors import UsageError
from engine.operators.session import Session, single_operator
from engine.store import login, operators
from engine.store.outcomes import record
from engine.store.reviews import current, page, save, sign, versions
from engine.store.trail import entries
from engine.store.verify import verify
from engine.store.wanted import Wanted
from tests.engine.store.answers import answered, arrival, nodule, photograph, spot, volume
from tests.engine.store.decisions import added, changed, confirmed, rejected, review_of

ME = single_operator()


@pytest.fixture
def came(store):
    arrived = arrival()
    record(store, arrived, photograph(), answered(arrived, [spot(), spot(0.2)]))
    return arrived


def _code(call, *arguments):
    with pytest.raises(UsageError) as caught:
        call(*arguments)
    return caught.value.code


def test_review_comes_back_bit_for_bit(store):
    record(store, arrived := arrival("/in/ct"), volume(), answered(arrived, [nodule(), nodule(0.5), nodule(0.25)]))
    offered = replace(
        review_of(arrived, 0),
        regions=(confirmed(0), changed(1), rejected(2), added()),
        comment="läuft \N{GREEK SMALL LETTER MU}",
    )
    kept = save(store, ME, offered)
    (stored,) = versions(store, arrived.id)
    assert stored == kept
    assert stored.review == replace(offered, operator=ME.name, version=1)
    assert stored.of.arrival == arrived
    assert verify(store) is None


def test_every_save_is_a_version_and_the_newest_signed_one_counts(store, came):
    draft = save(store, ME, review_of(came, 2))
    signed = sign(store, ME, review_of(came, 2, verdict=Verdict.WARN))
    assert (draft.review.version, signed.review.version) == (1, 2)
    assert not draft.review.signed
    assert signed.review.signed_at == signed.recorded_at or signed.review.signed_at < signed.recorded_at
    later = save(store, ME, review_of(came, 2, verdict=Verdict.REJECT, reason="seen from closer"))
    assert [kept.review.version for kept in versions(store, came.id)] == [1, 2, 3]
    assert current(store, came.id) == signed
    resigned = sign(store, ME, replace(later.review, reason="seen from closer"))
    assert current(store, came.id) == resigned
    assert versions(store, came.id)[1] == signed
    assert verify(store) is None


def test_signed_review_is_not_changed_without_a_reason(store, came):
    sign(store, ME, review_of(came, 2))
    assert _code(save, store, ME, review_of(came, 2)) == "US-AMEND"
    assert _code(sign, store, ME, review_of(came, 2, reason=" ")) == "US-AMEND"
    assert len(versions(store, came.id)) == 1


def test_signed_review_cannot_be_overwritten_in_the_database(store, came):
    sign(store, ME, review_of(came, 2))
    with closing(sqlite3.connect(store.home.database)) as connection:
        for statement in ("UPDATE reviews SET verdict = 'warn'", "UPDATE review_regions SET reason = ''"):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                connection.execute(statement)


def test_what_somebody_else_signed_is_amended_by_a_lead_alone(store, came):
    sign(store, Session(Operator("ann")), review_of(came, 2))
    again = review_of(came, 2, reason="not mine, but wrong")
    assert _code(save, store, Session(Operator("bob", Role.READER)), again) == "US-ROLE"
    assert save(store, Session(Operator("eve", Role.LEAD)), again).review.version == 2


def test_signing_in_a_site_asks_for_the_password_again(store, came, quick_hashing):
    operators.add(store, ME, "chief", Role.ADMINISTRATOR, "correct horse")
    operators.add(store, login.log_in(store, "chief", "correct horse"), "ann", Role.READER, "battery staple")
    ann = login.log_in(store, "ann", "battery staple")
    assert _code(sign, store, ann, review_of(came, 2)) == "US-LOGIN"
    assert _code(sign, store, ann, review_of(came, 2), "correct horse") == "US-LOGIN"
    assert versions(store, came.id) == ()
    assert sign(store, ann, review_of(came, 2), "battery staple").review.operator == "ann"
    operators.disable(store, login.log_in(store, "chief", "correct horse"), "ann")
    assert _code(sign, store, ann, review_of(came, 2, reason="again"), "battery staple") == "US-LOGIN"


def test_undecided_review_may_be_saved_and_not_signed(store, came):
    open_review = replace(review_of(came, 2), verdict=None, regions=(confirmed(1),))
    assert _code(sign, store, ME, open_review) == "US-REVIEW-OPEN"
    save(store, ME, open_review)
    assert current(store, came.id).review.verdict is None


def test_review_that_contradicts_its_outcome_is_not_stored(store, came):
    assert _code(save, store, ME, review_of(came, 3)) == "US-REVIEW"
    assert _code(save, store, ME, review_of(replace(came, id="unknown"), 0)) == "US-REVIEW"
    assert _code(save, store, ME, replace(review_of(came, 2), attempt=2)) == "US-REVIEW"
    assert versions(store, came.id) == ()


def test_log_tells_old_and_new_verdict_and_nothing_that_was_written(store, came):
    sign(store, ME, replace(review_of(came, 2), comment="Doe^Jane looks tired"))
    sign(store, ME, review_of(came, 2, added(), verdict=Verdict.REJECT, reason="Doe^Jane came again"))
    with store.reading() as connection:
        entry = list(entries(connection))[-1]
    detail = json.loads(entry.detail)
    assert (entry.actor, entry.action, entry.subject) == (ME.name, "review.signed", came.id)
    assert (detail["old_verdict"], detail["verdict"]) == ("accept", "reject")
    assert (detail["old_version"], detail["version"], detail["old_signed"], detail["reason_given"]) == (
        1,
        2,
        True,
        True,
    )
    assert detail["old_regions"] == {"confirmed": 1, "rejected": 1}
    assert detail["regions"] == {"added": 1, "confirmed": 1, "rejected": 1}
    with store.reading() as connection:
        assert "Doe" not in "".join(entry.detail for entry in entries(connection))


def test_pages_hold_what_counts_of_each_outcome_or_every_version(store):
    arrivals = [arrival(f"/in/{number}.png") for number in range(3)]
    for one in arrivals:
        record(store, one, photograph(one.source), answered(one))
    first = save(store, ME, review_of(arrivals[0], 0))
    signed = sign(store, ME, review_of(arrivals[1], 0))
    draft = save(store, ME, review_of(arrivals[1], 0, reason="later"))
    newer = save(store, ME, review_of(arrivals[0], 0))
    assert page(store, Wanted(), 10) == (signed, newer)
    assert page(store, Wanted(), 1, after=signed.id) == (newer,)
    assert page(store, Wanted(), 10, every_version=True) == (first, signed, draft, newer)
    assert page(store, Wanted(study=arrivals[1].id[:8]), 10) == (signed,)
    assert page(store, Wanted(text="0.png"), 10) == (newer,)
    assert page(store, Wanted(model="surface-pitting"), 10, every_version=True)[0] == first
    assert page(store, Wanted(model="surface"), 10) == ()
    assert page(store, Wanted(until=first.recorded_at), 10) == ()
    assert page(store, Wanted(since=newer.recorded_at, until=newer.recorded_at + timedelta(seconds=1)), 10) == (newer,)
