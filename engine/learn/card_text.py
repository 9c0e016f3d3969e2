"""`CARD.md` of a package: what the model is for, what it learned from, what it reached and how sure that is."""

from collections.abc import Sequence

from engine.evaluate.figures import STRICT_IOU, Figures
from engine.evaluate.froc import OperatingPoint
from engine.evaluate.overall import BestFScore, Overall
from engine.evaluate.report import interval_text
from engine.learn.assessment import Assessment
from engine.learn.recipe import Recipe

MOST_GROUPS = 30  # with more, or with an image a group, a table of groups says nothing


def card_text(recipe: Recipe, assessment: Assessment, limits: Sequence[str], commands: Sequence[str]) -> str:
    """The whole card.

    Args:
        limits: what a reader must know, one sentence each.
        commands: what made the weights and the figures.
    """
    words = _Words(recipe)
    test, held_out = next(iter(assessment.test.values())), next(iter(assessment.held_out.values()))
    together, held_together = assessment.together, assessment.held_out_together
    groups, seed = len(test.subgroups), recipe.answer.bootstrap_seed
    parts = [
        f"# {recipe.id} {recipe.version}",
        f"{recipe.package.task} A demonstration and a second reader: a person decides. Not a medical device.",
        "## Data and licence",
        f"Trained on {recipe.package.attribution}. The weights are under {recipe.package.licence}, like the data; name "
        f"the source. {words.held(assessment)}: {held_together.at.images} with "
        f"{held_together.at.findings} findings in {len(held_out.subgroups)} groups; test {words.nouns}: "
        f"{together.at.images} with {together.at.findings} findings in {groups} other groups.",
        "## Thresholds",
        words.thresholds(assessment),
        f"## Test split ({groups} groups; intervals: 95 %, bootstrap over groups, seed {seed})",
        *words.split(assessment.test, together),
        *words.best_f_score(assessment.best_f_score),
        *([words.kept(at) for at in assessment.kept.values()] if len(assessment.kept) == 1 else []),
        *words.normal(assessment.normal),
        *words.efforts(assessment),
        words.held_heading(assessment),
        *words.split(assessment.held_out, held_together),
        *words.alone(assessment.alone),
        "## Limits",
        "\n".join(f"- {limit}" for limit in limits),
        "## Made by",
        "\n".join(["```", *commands, "```"]),
    ]
    return "\n\n".join(parts) + "\n"


class _Words:
    """Paragraphs of a card; the recipe says whether they are about images or scans."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self.noun = "image" if recipe.network.dims == 2 else "scan"
        self.nouns = f"{self.noun}s"
        self.one = "an image" if recipe.network.dims == 2 else "a scan"

    def held(self, assessment: Assessment) -> str:
        where = "in cross-validation" if assessment.folds else "for validation"
        return f"{self.nouns.capitalize()} answered {where}"

    def held_heading(self, assessment: Assessment) -> str:
        if not assessment.folds:
            return f"## Validation split: {self.nouns} of which nothing was learned but the thresholds"
        return (
            f"## Cross-validation: {self.nouns} of the training split, answered by a model that never saw their group"
        )

    def thresholds(self, assessment: Assessment) -> str:
        answer, thresholds = self._recipe.answer, assessment.thresholds
        return (
            f"Sure from {thresholds.sure}, unsure from {thresholds.unsure}: the lowest scores with at most "
            f"{answer.sure_false_per_image} and {answer.unsure_false_per_image} false regions {self.one} "
            f"{self._chosen_on(assessment)}, applied unchanged. "
            f"{self._size()}A finding is hit at an overlap (IoU) of {answer.hit_iou} or more."
        )

    def _size(self) -> str:
        size = self._recipe.size
        if size is None:
            return ""
        return (
            f"Regions of a mean side below {size.smallest_mm:g} mm are left out; the odds of those below "
            f"{size.full_mm:g} mm are multiplied by (side / {size.full_mm:g} mm) ** {size.slope:g}. "
        )

    def _chosen_on(self, assessment: Assessment) -> str:
        answer = self._recipe.answer
        if not assessment.folds:
            return f"on the {assessment.held_out_together.at.images} {self.nouns} of the validation split"
        epochs = self._recipe.for_cycles(answer.fold_cycles).training.epochs
        folds = f"{answer.folds_run} of {assessment.folds}" if answer.folds_run else f"{assessment.folds}"
        return (
            f"in cross-validation by group within the training split ({folds} folds of {epochs} epochs, the weights "
            f"have {self._recipe.training.epochs})"
        )

    def split(self, labels: dict[str, Figures], together: Overall) -> list[str]:
        """Figures of one split: of the one label, or of all together and then of each."""
        if len(labels) == 1:
            (figures,) = labels.values()
            parts = [self._summary(figures), "FROC:", self._curve(figures.curve)]
            return [*parts, self._clean(figures), *self._groups(figures)]
        parts = [self._together(together), "FROC:", self._curve(together.curve), self._clean(together)]
        return [*parts, "Each label alone:", self._labels(labels)]

    def best_f_score(self, best: BestFScore | None) -> list[str]:
        if best is None:
            return []
        at = best.at
        return [
            f"F score at the score that is best on the {self.nouns} held out ({at.threshold:.3f}): "
            f"{interval_text(best.f_score)}, {at.found} of {at.findings} found and {at.false_regions} false regions."
        ]

    def kept(self, at: OperatingPoint) -> str:
        return (
            f"Sure and unsure regions together (from {at.threshold}): sensitivity {at.sensitivity:.3f} ({at.found} of "
            f"{at.findings}), false regions {self.one} {at.false_per_image:.3f} ({at.false_regions} on {at.images}), "
            f"{self.nouns} without findings marked {at.clean_marked} of {at.clean}."
        )

    def normal(self, normal: Overall | None) -> list[str]:
        if normal is None:
            return []
        at = normal.at
        return [
            f"## {self.nouns.capitalize()} without findings",
            f"{self._clean(normal)} False regions {self.one}: {at.false_per_image:.3f} ({at.false_regions} on "
            f"{at.images}).",
        ]

    def efforts(self, assessment: Assessment) -> list[str]:
        if len(assessment.efforts) == 1:
            return []
        names = [name for name in assessment.efforts["full"] if all(name in one for one in assessment.efforts.values())]
        rows = [(name, *(f"{stated[figure]:.4f}" for figure in names)) for name, stated in assessment.efforts.items()]
        return ["## Efforts, on the test split, as the manifest states them", _table(("effort", *names), rows)]

    def alone(self, labels: dict[str, Figures]) -> list[str]:
        if not labels:
            return []
        epochs = self._recipe.for_cycles(self._recipe.answer.alone_cycles).training.epochs
        parts = [f"## Leave one group out: each answered by a model of {epochs} epochs that saw all the others"]
        for label, figures in labels.items():
            parts += [*([f"{label}:"] if len(labels) > 1 else []), self._summary(figures), *self._groups(figures)]
        return parts

    def _summary(self, figures: Figures) -> str:
        at = figures.at
        rows = [
            (f"AP at IoU {STRICT_IOU}", interval_text(figures.ap_strict)),
            (f"AP at IoU {figures.hit_iou}", interval_text(figures.ap)),
            (f"Sensitivity at {at.threshold} ({at.found} of {at.findings})", interval_text(figures.sensitivity)),
            (f"False regions {self.one} ({at.false_regions} on {at.images})", interval_text(figures.false_per_image)),
        ]
        return _table(("figure", "value and 95 % interval"), _without_repeats(rows))

    def _together(self, figures: Overall) -> str:
        at = figures.at
        rows = [
            (f"mAP at IoU {STRICT_IOU}", interval_text(figures.mean_ap_strict)),
            (f"mAP at IoU {figures.hit_iou}", interval_text(figures.mean_ap)),
            (f"F score at {at.threshold}", interval_text(figures.f_score)),
            (f"Precision ({at.found} of {at.found + at.false_regions})", interval_text(figures.precision)),
            (f"Sensitivity ({at.found} of {at.findings})", interval_text(figures.sensitivity)),
            (f"False regions {self.one} ({at.false_regions} on {at.images})", interval_text(figures.false_per_image)),
        ]
        return _table(("figure", "value and 95 % interval"), _without_repeats(rows))

    def _labels(self, labels: dict[str, Figures]) -> str:
        rows = [
            (
                label,
                interval_text(figures.ap_strict),
                interval_text(figures.ap),
                f"{figures.at.found} of {figures.at.findings}",
                f"{figures.at.false_regions}",
            )
            for label, figures in labels.items()
        ]
        hit_iou = self._recipe.answer.hit_iou
        return _table(("label", f"AP at {STRICT_IOU}", f"AP at {hit_iou}", "found", "false regions"), rows)

    def _curve(self, curve: Sequence[OperatingPoint]) -> str:
        rows = [
            (f"{point.false_per_image:.3f}", f"{point.sensitivity:.3f}", f"{point.threshold:.3f}") for point in curve
        ]
        return _table((f"false regions {self.one}", "sensitivity", "score from"), rows)

    def _clean(self, figures: Figures | Overall) -> str:
        at = figures.at
        if not at.clean:
            return f"Every {self.noun} has findings: false alarms on {self.nouns} without any are not measured here."
        return (
            f"{self.nouns.capitalize()} without findings that were marked: {at.clean_marked} of {at.clean} "
            f"(exact 95 % limits {figures.clean_marked.low:.3f} to {figures.clean_marked.high:.3f}; one-sided upper "
            f"limit {figures.clean_marked_limit:.3f}). Even none marked of {at.clean} could not show a share below "
            f"{1 - 0.05 ** (1 / at.clean):.3f}."
        )

    def _groups(self, figures: Figures) -> list[str]:
        if len(figures.subgroups) > min(MOST_GROUPS, figures.at.images - 1):
            return []
        rows = [
            (
                group.name,
                f"{group.at.images}",
                f"{group.ap_strict:.3f}",
                f"{group.at.found} of {group.at.findings}",
                f"{group.at.false_regions}",
                f"{group.at.clean_marked} of {group.at.clean}",
            )
            for group in figures.subgroups
        ]
        head = ("group", self.nouns, f"AP at {STRICT_IOU}", "found", "false regions", "clean marked")
        return ["Each group alone:", _table(head, rows)]


def _without_repeats(rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Where a hit needs an overlap of 0.5, both AP are one."""
    return list(dict(rows).items())


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
