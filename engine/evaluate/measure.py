"""Answers every image of an annotated set as the product does, and pairs the answers with the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.domain.exam import Patient
from engine.domain.model_card import ModelCard
from engine.domain.outcome import Outcome, Status
from engine.domain.request import NOTHING_ASKED, Request
from engine.errors import UsageError
from engine.evaluate.cases import case_of
from engine.evaluate.facts import ImageFacts, facts_of
from engine.evaluate.froc import LEAST_SCORE
from engine.evaluate.guard import require_unseen
from engine.evaluate.match import ImageCase
from engine.evaluate.truth import Truth, TruthImage
from engine.intake.find import find_one
from engine.pipeline import Bench
from engine.registry.trained import trained_on


@dataclass(frozen=True, slots=True)
class Measured:
    """A set, answered.

    Args:
        card: the model that answered.
        cases: for each label of the model, one case an image.
        unanswered: images without a full answer, as `file name: reason`; their findings count as missed,
            and they are not among the clean ones.
        facts: of each image, in the order of the cases.
        times_s: that the answer to each image took, reading included, in the same order.
    """

    card: ModelCard
    cases: dict[str, tuple[ImageCase, ...]]
    unanswered: tuple[str, ...]
    facts: tuple[ImageFacts, ...] = ()
    times_s: tuple[float, ...] = ()


def measure(
    bench: Bench,
    truth: Truth,
    folder: Path,
    *,
    request: Request = NOTHING_ASKED,
    on_image: Callable[[int, int], None] = lambda _done, _of: None,
) -> Measured:
    """Runs a model over a set without recording anything. What the set names no group of belongs to the patient that
    its file names.

    Args:
        bench: the models and the run time.
        truth: what is annotated.
        folder: what its file names are relative to.
        request: model, modality and effort; the threshold is `LEAST_SCORE`.
        on_image: told how many of how many images are done.

    Raises:
        UsageError: US-EVALUATE, no image of the set could be answered, or two models answered; US-EFFORT; US-TRAINED,
            the model was trained on an image of the set.
    """
    trained = {package.card.hash: trained_on(package) for package in bench.shelf.packages}
    facts: list[ImageFacts] = []
    outcomes: list[tuple[TruthImage, Outcome]] = []
    cards: dict[str, ModelCard] = {}
    patients: dict[str, str] = {}
    request = replace(request, threshold=LEAST_SCORE)
    for done, image in enumerate(truth.images, 1):
        attempt = bench.attempt(find_one(folder / image.file_name), request)
        if isinstance(attempt.stopped_by, UsageError):
            raise attempt.stopped_by
        outcomes.append((_of_patient(image, attempt.patient, patients), attempt.outcome()))
        if attempt.card is not None:
            cards[attempt.card.hash] = attempt.card
            require_unseen(attempt.card, trained[attempt.card.hash], image, attempt.loaded)
        facts.append(facts_of(image, attempt.loaded))
        on_image(done, len(truth.images))
    if len(cards) != 1:
        raise UsageError(
            "US-EVALUATE",
            f"{len(cards)} models answered the {len(outcomes)} images of {truth.source}; one is needed."
            + (f" First reason: {outcomes[0][1].reason}" if outcomes and not cards else ""),
            "Check --images, or name one model with --model.",
        )
    (card,) = (package.card for package in bench.shelf.packages if package.card.hash in cards)
    return Measured(
        card=card,
        cases={
            label: tuple(
                case_of(image, truth, label, outcome.regions, answered=outcome.status is Status.ANSWERED)
                for image, outcome in outcomes
            )
            for label in card.labels
        },
        unanswered=tuple(
            f"{image.file_name}: {outcome.reason}"
            for image, outcome in outcomes
            if outcome.status is not Status.ANSWERED
        ),
        facts=tuple(facts),
        times_s=tuple(outcome.ms.total / 1000.0 for _, outcome in outcomes),
    )


def _of_patient(image: TruthImage, patient: Patient | None, patients: dict[str, str]) -> TruthImage:
    """The image, in the group of its patient where it would be one of its own: what is drawn alone is told too surely.

    Args:
        image: as annotated.
        patient: whom its file names; None where nobody.
        patients: names of the groups so far by Patient ID, which no report shall tell.
    """
    if image.group != image.file_name or patient is None or not patient.id:
        return image
    return replace(image, group=patients.setdefault(patient.id, f"patient {len(patients) + 1}"))
