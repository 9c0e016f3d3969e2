"""Reviews for the tests of the store."""

from engine.domain.region import InstanceBox
from engine.domain.review import Mark, RegionReview, RegionVerdict, Review, Verdict


def rejected(region, reason="scratch on the lens"):
    return RegionReview(RegionVerdict.REJECTED, region, reason=reason)


def confirmed(region):
    return RegionReview(RegionVerdict.CONFIRMED, region)


def added(label="pitting"):
    return RegionReview(RegionVerdict.ADDED, mark=Mark(label, box_px=(1.0, 2.5, 1 / 3 + 4, 9.0)))


def changed(region):
    mark = Mark(
        "nodule",
        box_vox=(0.0, 1.0, 2.0, 3.0, 4.0, 1 / 7 + 5),
        center_mm=(-1.0, 2.0, 1e-9),
        instances=(InstanceBox("1.2.840.3", 1, (2.0, 1.25, 6.0, 2.0)),),
    )
    return RegionReview(RegionVerdict.CHANGED, region, mark, "larger than flagged")


def review_of(arrival, region_count, *more, **changes):
    """Rejects the first region, confirms the others."""
    regions = (*(rejected(0) if region == 0 else confirmed(region) for region in range(region_count)), *more)
    return Review(
        **{"arrival_id": arrival.id, "attempt": 1, "operator": "nobody", "regions": regions, "verdict": Verdict.ACCEPT}
        | changes
    )
