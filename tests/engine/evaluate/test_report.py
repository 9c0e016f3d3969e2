import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from engine.evaluate.all_figures import Wanted, report_of
from engine.evaluate.facts import ImageFacts
from engine.evaluate.measure import Measured
from engine.evaluate.overall import Together, mean_ap_overlaps, overall
from engine.evaluate.paper import pdf_report
from engine.evaluate.report import html_report
from tests.engine.evaluate.cases import random_cases
from tests.engine.tiny_model import CARD

CASES = {"spot": tuple(random_cases(3, 12)), "stain": tuple(random_cases(4, 12))}
AT = datetime(2026, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def told():
    """What both reports are made from."""
    measured = Measured(replace(CARD, labels=tuple(CASES)), CASES, (), (ImageFacts("", 0.5),) * 12)
    labels = [report_of(measured, label, Wanted(0.33)) for label in CASES]
    together = Together(overall(CASES, 0.5, hit_iou=0.33, seed=0), mean_ap_overlaps(CASES, seed=0))
    return measured.card, "fast", "set <one>", labels, AT, together


def test_the_page_begins_with_all_labels_and_draws_each_curve(told):
    page = html_report(*told)
    assert page.index("All labels together") < page.index("<h2>spot</h2>") < page.index("<h2>stain</h2>")
    assert page.count("(FROC)</text>") == 3
    assert page.count("Share of regions that are right</text>") == 2
    assert "set &lt;one&gt;" in page
    assert "mAP at IoU 0.5:0.95" in page
    assert "http" not in page


def test_one_label_is_not_summed_up(told):
    card, effort, source, labels, at, _ = told
    page = html_report(card, effort, source, labels[:1], at)
    assert "All labels together" not in page
    assert page.count("(FROC)</text>") == 1


def test_the_paper_has_the_figures_of_all_labels_too(told):
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_report(*told))).pages)
    assert "All labels together" in words
    assert "mAP at IoU 0.5:0.95" in words
