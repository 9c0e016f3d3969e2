"""A profile on paper: the table of the HTML page in two, cost and figures with their intervals, as PDF."""

from __future__ import annotations

from engine.evaluate.paper import paged_table
from engine.evaluate.profile.page import HEAD, cost_of, sentences
from engine.evaluate.profile.result import Profile
from engine.evaluate.report import RESEARCH, interval_text
from engine.export.pdf import Page

_FIGURES = ("no.", "label", "AP50", "AP50:95", "sensitivity", "false regions an image")


def pdf_profile(profile: Profile) -> bytes:
    """The document."""
    foot = f"{profile.model}, package {profile.model_hash[:16]}, measured {profile.at:%Y-%m-%d %H:%M} UTC"
    page = Page(f"{profile.model}: speed against accuracy")
    page.heading(f"{profile.model}: speed against accuracy")
    said = [("", sentence) for sentence in sentences(profile)]
    page.facts([("measured", f"{profile.at:%Y-%m-%d %H:%M} UTC"), ("package", profile.model_hash), *said])
    paged_table(page, HEAD, [cost_of(number, row) for number, row in enumerate(profile.rows, 1)], foot)
    figures = [
        (
            str(number),
            one.label,
            *map(interval_text, (one.ap_strict, one.ap_overlaps, one.sensitivity, one.false_per_image)),
        )
        for number, row in enumerate(profile.rows, 1)
        for one in row.accuracy
    ]
    if figures:
        page.facts([("", RESEARCH)])
        paged_table(page, _FIGURES, figures, foot)
    page.facts([(row.name, f"does not answer here: {row.why_not}") for row in profile.rows if row.why_not])
    page.facts([(one.name, f"was not measured: {one.reason}") for one in profile.left_out])
    return page.close(foot)
