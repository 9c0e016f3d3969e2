import io
from datetime import UTC, datetime

from pypdf import PdfReader

from engine.export.shift import shift_facts, shift_page


def case(**changes):
    plain = {"status": "answered", "flagged": False, "model": "pits 1.0.0", "total_ms": 500.0, "budget_s": 1.0}
    return plain | {"verdict": None, "decisions": []} | changes


SHIFT = [
    case(flagged=True, verdict="reject", decisions=["confirmed", "rejected"]),
    case(verdict="accept"),
    case(verdict="accept", total_ms=1500.0),
    case(verdict="agree", budget_s=None),
    case(status="refused", flagged=None, model="", total_ms=2.0),
]


def test_each_figure_says_what_it_is_a_share_of():
    facts = dict(shift_facts(SHIFT))
    assert facts["studies"] == "5"
    assert (facts["  answered"], facts["  refused"]) == ("4", "1")
    assert facts["flag rate"] == "25.0% (1 of 4 looked at)"
    assert facts["reviewed and signed"] == "80.0% (4 of 5 studies)"
    assert facts["yield"] == "66.7% (2 of 3 parts judged)"
    assert facts["latency"] == "median 0.50 s, 95th percentile 1.50 s, longest 1.50 s"
    assert facts["within budget"] == "66.7% (2 of 3 with a budget)"
    assert (facts["places confirmed"], facts["places rejected"]) == ("1", "1")


def test_an_empty_shift_claims_nothing():
    assert shift_facts([]) == [("studies", "0")]


def test_the_page_lists_each_model():
    data = shift_page(SHIFT, None, datetime(2026, 1, 2, tzinfo=UTC))
    words = " ".join(PdfReader(io.BytesIO(data)).pages[0].extract_text().split())
    assert "pits 1.0.0 4 1 0.50 1.50" in words
    assert "from the first record to 2026-01-02 00:00 UTC" in words
