import io

import pytest
from PIL import Image
from pypdf import PdfReader

from app.paint.marked import marked
from engine.errors import ExportError
from engine.export.names import Names
from engine.export.pdf import Page
from engine.export.report import study_page
from engine.export.request import Kind, Request
from engine.intake.read import read_study
from tests.engine.export.studies import case_of, ct_series, photograph

NAMES = Names(b"k" * 32)
SEAL = {"number": 3, "count": 412, "head": "ab" * 32}


def page_of(path, tmp_path, names=None, *, reviewed=True, confirmed=True):
    case, _ = case_of(path, reviewed=reviewed)
    request = Request(Kind.REPORT, tmp_path / "out", burned_in_confirmed=confirmed)
    return PdfReader(io.BytesIO(study_page(case, names or Names(), request, read_study, marked, SEAL)))


def words_of(document):
    return " ".join(document.pages[0].extract_text().split())


def test_one_page_says_all_about_a_study(tmp_path):
    document = page_of(ct_series(tmp_path / "ct"), tmp_path)
    words = words_of(document)
    assert len(document.pages) == 1
    for told in (
        *("Fovea: flagged", "DOE, JANE · PID-7781 · born 1960-02-03", "lung-nodule 1.0.0", "onnxruntime 1.22 cpu"),
        *(
            "1.50 s of 2 s",
            "agree, by j.reader, signed 2026-01-03 08:30:00 UTC",
            "seen twice",
            "412 entries",
        ),
        *("confirmed", "rejected", "a vessel", "longest diameter 7.2 mm", "added", "no diagnosis"),
    ):
        assert told in words, told


def test_the_picture_is_on_the_page(tmp_path):
    (image,) = page_of(photograph(tmp_path / "part.png"), tmp_path).pages[0].images
    assert image.image.size[0] > 300


def test_without_a_review_it_says_so(tmp_path):
    assert "none is signed" in words_of(page_of(photograph(tmp_path / "part.png"), tmp_path, reviewed=False))


def test_without_names_nothing_on_the_page_tells_the_patient(tmp_path):
    words = words_of(page_of(ct_series(tmp_path / "DOE"), tmp_path, NAMES)).casefold()
    for needle in ("doe", "jane", "7781", "1960", "acc4711", "2026-01", "seen twice", "a vessel", "reader,"):
        assert needle not in words
    assert NAMES.of("patient", "PID-7781") in words


def test_a_photograph_without_names_needs_somebody_who_looked_at_it(tmp_path):
    with pytest.raises(ExportError) as refused:
        page_of(photograph(tmp_path / "part.png"), tmp_path, NAMES, confirmed=False)
    assert refused.value.code == "EX-BURNED-IN"


def test_a_cell_that_is_too_long_is_broken_and_nothing_in_a_short_one_is_cut():
    page = Page("t")
    short = ("nodule", "confirmed", "longest diameter 16.4 mm, volume 1279.9 mm3")
    page.table(("a", "b", "c", "d", "e"), [("wide " * 40, *short, "because " * 20)], most_lines=3)
    words = PdfReader(io.BytesIO(page.close("foot"))).pages[0].extract_text().split()
    assert set(" ".join(short).split()) <= set(words)


def test_equal_pages_are_equal_bytes_and_long_or_strange_text_stays_on_them():
    def made():
        page = Page("t")
        page.heading("Ωμέγα \u4e2d\u6587 " + "x" * 300)
        page.facts([("name", "word " * 200), ("\x07", "control")])
        page.table(("a", "b"), [("y" * 400, "z")])
        page.picture(Image.new("RGB", (5000, 10)), 100.0)
        return page.close("foot")

    assert made() == made()
    words = PdfReader(io.BytesIO(made())).pages[0].extract_text()
    assert "\\u4e2d" in words
    assert "foot" in words
