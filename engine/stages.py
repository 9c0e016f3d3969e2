"""The stages between reading and recording, in the order in which the pixels travel: from a scan to its regions."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from engine.attempt import Attempt
from engine.checks.domain_shift import domain_shift, sketched
from engine.checks.sanity import sanity
from engine.detect.loading import Detectors
from engine.detect.look import Looked, StandIn, look, look_in_batches
from engine.detect.measure import measured
from engine.detect.place import place
from engine.detect.protocol import Detector
from engine.domain.activation import NOT_ACTIVE, Standing
from engine.domain.basis import Basis
from engine.domain.model_card import ModelCard
from engine.domain.outcome import THRESHOLD_CHANGED, Outcome
from engine.domain.request import FULL
from engine.domain.scan import Scan
from engine.errors import StoreError
from engine.prepare.layout import Layout, lay_out
from engine.prepare.pool import RowPool
from engine.registry.domain import require_steps
from engine.registry.package import REFERENCE, Package
from engine.registry.reference import Reference, read_reference
from engine.registry.shelf import Shelf

_log = logging.getLogger(__name__)

ChooseEffort = Callable[[ModelCard, str, Scan, float], str]
"""From model, run time, scan and the seconds left to the name of the effort."""

RecordOf = Callable[[Basis], Outcome | None]
"""The recorded outcome with this basis, None where there is none."""

StandingNow = Callable[[], Standing | None]
"""Which version of each model answers at this moment."""


class Stages:
    """What every study goes through once it is read.

    Args:
        shelf: the models to choose from.
        detectors: loads them.
        pool: for the rows.
    """

    def __init__(self, shelf: Shelf, detectors: Detectors, pool: RowPool) -> None:
        self.shelf = shelf
        """May be another one between two studies."""
        self._detectors = detectors
        self._pool = pool
        self._references: dict[str, Reference | None] = {}
        self.choose_effort: ChooseEffort | None = None
        """Asked where a limited time leaves the choice; None always takes `full`."""
        self.recorded: RecordOf | None = None
        """Where outcomes that may be repeated are found; None repeats none."""
        self.standing: StandingNow = lambda: None
        """Asked for each study which version of each model answers; None asks all that are on the shelf."""

    def run(self, attempt: Attempt) -> None:
        """Makes the regions of an attempt whose scan was read, and keeps in it what is known on the way.

        Raises:
            FoveaError: what stopped it.
        """
        request, watch, budget = attempt.request, attempt.watch, attempt.budget
        if attempt.stopped_by is not None or (loaded := attempt.loaded) is None:
            return
        scan = loaded.scan
        with watch.stage("prepare"):
            budget.check("prepare")
            standing = self.standing()
            package = self.shelf.choose(scan, request.model_id, standing)
            card = attempt.card = package.card.with_threshold(request.threshold)
            if package.admission is not None:
                attempt.doubts += ("unsigned-model",)
            if standing is not None and self.shelf.answering(card.id, standing) is not package:
                attempt.doubts += (NOT_ACTIVE,)
            require_steps(card, scan, loaded.study)
            reference = self._reference(package)
            attempt.sketched = sketched(card, None if reference is None else reference.likeness, scan)
            attempt.doubts += domain_shift(card, reference, attempt.sketched)
            if card != package.card:
                attempt.doubts += (THRESHOLD_CHANGED,)
            attempt.effort = request.effort or FULL
            layout = _laid_out(attempt, card, scan)
        with watch.stage("detect"):
            detector = self._detectors.of(package)
            attempt.backend = detector.backend
        with watch.stage("prepare"):
            if self._is_repeated(attempt):  # with the best effort, since that takes no time
                return
            if (effort := self._effort(attempt, card, scan)) != attempt.effort:
                attempt.effort = effort
                layout = _laid_out(attempt, card, scan)
                if self._is_repeated(attempt):
                    return
        looked, layout = self._looked(attempt, card, scan, layout, detector)
        attempt.has_looked(looked, card.input.batch, len(layout.flips))
        with watch.stage("merge"):
            placed = place(looked.candidates, card, layout, scan, loaded.study)
            attempt.regions = measured(placed, scan)
            attempt.doubts += sanity(card.sanity, scan, attempt.regions)
            if looked.candidates.cut_off:
                attempt.doubts += ("too-many-regions",)
        if looked.stopped_by is not None:
            raise looked.stopped_by

    def efforts(self, model_id: str) -> tuple[str, ...]:
        """The names of the efforts that every version of a model has."""
        cards = [package.card for package in self.shelf.named(model_id)]
        return tuple(one.name for one in cards[0].efforts if all(one.name in _names(card) for card in cards))

    def _reference(self, package: Package) -> Reference | None:
        """What the training images of a model looked like, read once; one that is being packed says nothing yet."""
        model = package.card.hash
        if model not in self._references:
            listed = REFERENCE in package.names
            self._references[model] = read_reference(package.text(REFERENCE)) if listed else None
        return self._references[model]

    def _looked(
        self, attempt: Attempt, card: ModelCard, scan: Scan, layout: Layout, detector: Detector
    ) -> tuple[Looked, Layout]:
        """What was found, and in which layout. Who stands in has less time left and needs more: it chooses anew."""
        watch, budget = attempt.watch, attempt.budget
        looked = look(scan, card, layout, detector, self._pool, budget, watch)
        if isinstance(looked, Looked):
            return looked, layout
        stand_in: StandIn = looked
        attempt.backend = stand_in.detector.backend
        with watch.stage("prepare"):
            attempt.effort = self._effort(attempt, card, scan)
            layout = _laid_out(attempt, card, scan)
        looked = look_in_batches(scan, card, layout, stand_in.detector, self._pool, budget, watch)
        return replace(looked, doubts=(stand_in.doubt,)), layout

    def _effort(self, attempt: Attempt, card: ModelCard, scan: Scan) -> str:
        """The one that was asked for, else the best that the time left allows; all of them where nothing limits it."""
        if attempt.request.effort is not None or attempt.budget.limit_s is None or self.choose_effort is None:
            return attempt.effort
        try:
            return self.choose_effort(card, attempt.backend, scan, attempt.budget.left_s())
        except StoreError as error:  # it slows an answer down, and must not prevent it
            _log.warning("The effort cannot be chosen: %s", error)
            return attempt.effort

    def _is_repeated(self, attempt: Attempt) -> bool:
        """Takes the regions from the record, where that is wanted and they are there."""
        basis = attempt.basis()
        if not attempt.request.reuse or basis is None or self.recorded is None:
            return False
        try:
            outcome = self.recorded(basis)
        except StoreError as error:  # as above
            _log.warning("What could be repeated cannot be looked up: %s", error)
            return False
        if outcome is not None:
            attempt.repeat(outcome)
        return outcome is not None


def _laid_out(attempt: Attempt, card: ModelCard, scan: Scan) -> Layout:
    """With the effort of the attempt, or in the views that it names and no others."""
    effort = card.effort(attempt.effort)
    if attempt.views:
        effort = effort.in_views(attempt.views)
    return lay_out(scan, card.input, card.head.stride, effort)


def _names(card: ModelCard) -> tuple[str, ...]:
    return tuple(effort.name for effort in card.efforts)
