"""Doubts in words: the engine names each shortly, as tables and monitors want it; docs/manual/cli.md explains them."""

from collections.abc import Sequence

from app.state.words import later
from app.text import tr

DOUBTS = {
    "constant-frame": later("all pixels alike"),
    "extra-pictures": later("a second picture in the file"),
    "geometry-unsure": later("position unsure"),
    "incomplete-series": later("slices missing"),
    "late": later("late"),
    "second-opinion-differs": later("second opinion differs"),
    "second-opinion-skipped": later("no time for a second opinion"),
    "second-opinion-failed": later("no second opinion"),
    "modality-stated": later("modality stated by hand"),
    "several-volumes": later("several volumes in the file"),
    "tilted-series": later("tilted slices"),
    "uneven-series": later("uneven slices"),
    "float-range": later("value range unknown"),
    "gpu-lost": later("GPU lost"),
    "gpu-not-loaded": later("model not on the GPU"),
    "gpu-out-of-memory": later("GPU memory too small"),
    "region-size": later("region of odd size"),
    "region-outside": later("region outside the body"),
    "region-in-few-slices": later("region in few slices"),
    "regions-count": later("unusually many regions"),
    "region-repeated": later("repeated region"),
    "too-many-regions": later("more regions than are kept"),
    "model-not-active": later("model not active"),
    "unknown-scanner": later("unknown scanner"),
    "unlike-training": later("unlike the training images"),
    "unsigned-model": later("unsigned model"),
    "threshold-changed": later("threshold changed"),
}


def doubts_in_words(doubts: Sequence[str]) -> str:
    """All of them in a line; one that is not known stays as the engine names it."""
    return ", ".join(tr(DOUBTS.get(doubt, doubt)) for doubt in doubts)
