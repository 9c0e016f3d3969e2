import pytest

from engine.domain.review import Mark, RegionReview, RegionVerdict, Review, Verdict, require_complete, require_sound
from engine.errors import UsageError

_BOX = Mark("pitting", box_px=(0.0, 0.0, 1.0, 1.0))


def _review(*regions, verdict=Verdict.ACCEPT):
    return Review("arrival", 1, "reader", tuple(regions), verdict)


def test_each_decision_with_what_it_needs_is_sound():
    decisions = (
        RegionReview(RegionVerdict.CONFIRMED, 0),
        RegionReview(RegionVerdict.REJECTED, 1, reason="dust"),
        RegionReview(RegionVerdict.CHANGED, 2, _BOX),
        RegionReview(RegionVerdict.ADDED, mark=_BOX),
        RegionReview(RegionVerdict.ADDED, mark=_BOX),
    )
    require_sound(_review(*decisions), 3)
    require_complete(_review(*decisions), 3)


@pytest.mark.parametrize(
    ("decision", "what"),
    [
        (RegionReview(RegionVerdict.CONFIRMED), "has no number"),
        (RegionReview(RegionVerdict.CONFIRMED, 3), "region 4 is named, the outcome has 3"),
        (RegionReview(RegionVerdict.CONFIRMED, -1), "region 0 is named"),
        (RegionReview(RegionVerdict.CONFIRMED, 0, _BOX), "'confirmed' has no place"),
        (RegionReview(RegionVerdict.REJECTED, 0, reason="  "), "region 1 is rejected without a reason"),
        (RegionReview(RegionVerdict.CHANGED, 0), "'changed' needs a place"),
        (RegionReview(RegionVerdict.ADDED, 0, _BOX), "has no number"),
        (RegionReview(RegionVerdict.ADDED), "'added' needs a place"),
        (RegionReview(RegionVerdict.ADDED, mark=Mark("pitting")), "exactly one of the two boxes"),
    ],
)
def test_decision_that_contradicts_itself_is_refused(decision, what):
    with pytest.raises(UsageError, match=what) as caught:
        require_sound(_review(decision), 3)
    assert caught.value.code == "US-REVIEW"


def test_region_is_decided_once():
    with pytest.raises(UsageError, match="region 2 is decided twice"):
        require_sound(_review(*[RegionReview(RegionVerdict.CONFIRMED, 1)] * 2), 3)


def test_nothing_undecided_is_signed():
    confirmed = RegionReview(RegionVerdict.CONFIRMED, 0)
    with pytest.raises(UsageError, match=r"lacks decisions for regions 2, 3\."):
        require_complete(_review(confirmed), 3)
    with pytest.raises(UsageError, match=r"lacks decisions for region 2\."):
        require_complete(_review(confirmed), 2)
    with pytest.raises(UsageError, match="lacks a verdict"):
        require_complete(_review(confirmed, verdict=None), 1)
    with pytest.raises(UsageError, match="regions 1, 2, 3, 4, 5 and 5 more"):
        require_complete(_review(), 10)
