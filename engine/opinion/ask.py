"""Asking for a second opinion, in the time that the first one left: of whom the site's rule names."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product

from engine.attempt import Attempt
from engine.domain.opinion import FAILED, Opinion
from engine.domain.region import Region
from engine.domain.request import FULL, Request
from engine.errors import FoveaError
from engine.intake.read import Loaded
from engine.opinion.compare import unmatched
from engine.opinion.difference import differing
from engine.opinion.settings import OpinionRule, rule_named
from engine.opinion.template import Templates
from engine.prepare.pool import RowPool

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Means:
    """What an opinion is made with.

    Args:
        answer: makes the regions of an attempt whose scan was read; what stops it, the attempt keeps.
        efforts: the names of the efforts of a model, by its name as `--model` takes it.
        templates: where templates come from.
        pool: for the rows.
    """

    answer: Callable[[Attempt], None]
    efforts: Callable[[str], tuple[str, ...]]
    templates: Templates
    pool: RowPool


WantSecond = Callable[[str], OpinionRule | None]
"""From the id of a model to whose second opinion is wanted beside its answers."""


class SecondOpinions:
    """Asked for beside the answers of a bench.

    Args:
        means: what they are made with.
    """

    def __init__(self, means: Means) -> None:
        self._means = means
        self.wanted: WantSecond = lambda _: None
        """Asked for each study whose second opinion is wanted."""

    def add(self, attempt: Attempt) -> None:
        """Adds the one that is wanted to an answer; whatever becomes of it, the answer stands."""
        card, loaded = attempt.card, attempt.loaded
        if card is None or loaded is None:
            return
        try:
            named = attempt.request.second
            rule = self.wanted(card.id) if named is None else rule_named(named)
            attempt.opinion = None if rule is None else ask(attempt, loaded, rule, self._means)
        except FoveaError as error:
            _log.warning("There is no second opinion: %s", error)
            attempt.doubts += (FAILED,)


def ask(attempt: Attempt, loaded: Loaded, rule: OpinionRule, means: Means) -> Opinion:
    """The second opinion on an answer that is there, held against it; what stops it is a part of it.

    Args:
        attempt: with its regions and the model that gave them.
        loaded: its study.
        rule: whose opinion is wanted.
        means: what it is made with.
    """
    started_s = attempt.budget.spent_s()
    try:
        attempt.budget.check("second opinion")
        made = _MAKERS[rule.by](attempt, loaded, rule, means)
    except FoveaError as error:
        made = Opinion(rule.by, code=error.code)
    by_label = rule.by == "flips"
    return replace(
        made,
        look_ms=(attempt.budget.spent_s() - started_s) * 1000.0,
        missing=() if made.code else unmatched(attempt.regions, made.regions, by_label=by_label),
        alone=unmatched(made.regions, attempt.regions, by_label=by_label),
    )


def _of_template(attempt: Attempt, loaded: Loaded, rule: OpinionRule, means: Means) -> Opinion:
    template = means.templates.of(loaded.study, loaded.scan, rule)
    regions = differing(loaded.scan, template.scan, rule, means.pool, attempt.budget)
    return Opinion("template", template.study.source, template.study.content_hash, coverage=1.0, regions=regions)


def _of_model(attempt: Attempt, loaded: Loaded, rule: OpinionRule, means: Means) -> Opinion:
    effort = attempt.effort if attempt.effort in means.efforts(rule.model) else FULL
    other = _again(attempt, loaded, replace(attempt.request, model_id=rule.model, threshold=None, effort=effort))
    means.answer(other)
    return _told(other, rule)


def _of_flips(attempt: Attempt, loaded: Loaded, rule: OpinionRule, means: Means) -> Opinion:
    """The same model sees the study in a mirror in which it did not look yet."""
    card = attempt.card
    if card is None:
        raise ValueError("an answer has a model")
    axes = "zyx"[-len(loaded.scan.shape) :]
    flips = ["".join(letters) for letters in product(*(("", axis) for axis in axes)) if any(letters)]
    effort = card.effort(attempt.effort)
    seen = effort.flips + effort.again_flips
    fresh = [flip for flip in sorted(flips, key=lambda flip: (len(flip), [-ord(a) for a in flip])) if flip not in seen]
    asked = replace(attempt.request, model_id=card.name, effort=attempt.effort)
    other = _again(attempt, loaded, asked, views=(fresh or flips)[:1])
    means.answer(other)
    return _told(other, rule)


def _again(attempt: Attempt, loaded: Loaded, request: Request, views: list[str] | None = None) -> Attempt:
    """Another attempt at the same study, in the same time."""
    request = replace(request, reuse=False)
    other = Attempt(
        attempt.found,
        request,
        attempt.arrival,
        attempt.budget,
        attempt.watch,
        attempt.threads,
        views=tuple(views or ()),
    )
    other.has_read(loaded)
    return other


def _told(other: Attempt, rule: OpinionRule) -> Opinion:
    card, stopped_by = other.card, other.stopped_by
    return Opinion(
        rule.by,
        card.name if card else "",
        card.hash if card else "",
        other.backend,
        stopped_by.code if stopped_by else "",
        float(other.coverage),
        regions=tuple(map(_bare, other.regions)),
    )


def _bare(region: Region) -> Region:
    return replace(region, center_mm=None, instances=(), measures=())


_MAKERS = {"template": _of_template, "model": _of_model, "flips": _of_flips}
