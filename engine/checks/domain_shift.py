"""Is a study like what its model was trained on? Its sketch and its scanner are held against the training images'."""

from __future__ import annotations

from engine.checks.sketch import sketch_of
from engine.domain.acquisition import Acquisition
from engine.domain.model_card import ModelCard
from engine.domain.scan import Scan
from engine.domain.sketch import UNKNOWN_SCANNER, UNLIKE, UNLIKE_CODE, Sketched
from engine.errors import OutOfDomainError
from engine.registry.likeness import Likeness
from engine.registry.reference import Reference


def sketched(card: ModelCard, likeness: Likeness | None, scan: Scan) -> Sketched:
    """What is noted of a study, whether or not its model says what it was trained on.

    Args:
        card: the model.
        likeness: from its package; None where it has none.
        scan: what is to be looked at.
    """
    sketch = sketch_of(scan, card.input)
    distance = None if likeness is None else likeness.distance(sketch)
    return Sketched(sketch, Acquisition.of(scan), distance)


def domain_shift(card: ModelCard, reference: Reference | None, study: Sketched) -> tuple[str, ...]:
    """The doubts, where the study is unlike the training images and the model wants such studies doubted.

    Args:
        card: the model.
        reference: from its package; None doubts nothing.
        study: what was noted of it.

    Raises:
        OutOfDomainError: OD-UNLIKE, where the model wants such studies refused.
    """
    if reference is None:
        return ()
    return _pixels(card, reference.likeness, study) + _scanner(card, reference, study)


def _pixels(card: ModelCard, likeness: Likeness | None, study: Sketched) -> tuple[str, ...]:
    if likeness is None or study.distance is None or study.distance <= likeness.limit:
        return ()
    if card.domain.unlike == "refuse":
        raise OutOfDomainError(
            UNLIKE_CODE,
            f"The pixels are unlike those that {card.name} was trained on: distance {study.distance:.1f} (limit "
            f"{likeness.limit:.1f}), most of all in '{likeness.furthest(study.sketch)}'.",
            "Look for what changed: light, lens, scanner or compression; or choose a model made for such studies.",
        )
    return (UNLIKE,)


def _scanner(card: ModelCard, reference: Reference, study: Sketched) -> tuple[str, ...]:
    strange = reference.strange(study.acquisition)
    if not strange:
        return ()
    if card.domain.unlike == "refuse":
        raise OutOfDomainError(
            UNLIKE_CODE,
            f"No training image of {card.name} names the scanner or the kernel '{', '.join(strange)}'.",
            "Choose a model made for this scanner.",
        )
    return (UNKNOWN_SCANNER,)
