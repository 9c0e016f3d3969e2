import json
import signal

import numpy as np
import pytest
from pypdf import PdfReader

from app.cli.evaluate import _print_overall
from app.cli.main import main
from app.cli.progress import Progress
from engine.evaluate.overall import Together, mean_ap_overlaps, overall
from tests.engine.evaluate.cases import case
from tests.engine.tiny_model import metaimage, picture


@pytest.fixture
def annotated(tmp_path):
    picture(tmp_path / "spot.png", spots=((40, 60),))
    picture(tmp_path / "clean.png", spots=(), shade=3)
    truth = {
        "images": [
            {"id": 1, "file_name": "spot.png", "width": 90, "height": 70, "group": "left"},
            {"id": 2, "file_name": "clean.png", "width": 90, "height": 70, "group": "right"},
        ],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [58, 38, 8, 8], "iscrowd": 0}],
        "categories": [{"id": 1, "name": "spot"}],
    }
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    return ["evaluate", "--truth", str(tmp_path / "truth.json"), "--images", str(tmp_path)]


def test_figures_are_printed_with_what_so_few_images_can_show(spotted_home, annotated, capsys):
    assert main(annotated) == 0
    out = capsys.readouterr().out
    assert "sensitivity                     1.000" in out
    assert "0 of 1; with so few, the true share may be up to 95.0%" in out
    assert "left" in out


def test_a_set_without_findings_is_told_without_a_sensitivity(spotted_home, tmp_path, annotated, capsys):
    truth = json.loads((tmp_path / "truth.json").read_text())
    (tmp_path / "truth.json").write_text(json.dumps(truth | {"annotations": []}))
    page = tmp_path / "page.html"
    assert main([*annotated, "--report", str(page)]) == 0
    out = capsys.readouterr().out
    assert "nan" not in out + page.read_text()
    assert "Sensitivity is not measured: no image of the set has a finding" in out
    assert "1 of 2; with so few, the true share may be up to" in out


def test_json_is_one_line_a_label_without_numbers_that_json_lacks(spotted_home, annotated, capsys):
    assert main([*annotated, "--json"]) == 0
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    assert (line["model"], line["label"]) == ("bright-spots 1.0.0", "spot")
    assert line["ap_strict"]["value"] == 1.0
    assert line["subgroups"][1]["ap_strict"] is None


def test_a_truth_file_that_is_none_ends_with_its_code(spotted_home, tmp_path, capsys):
    (tmp_path / "truth.json").write_text("{}")
    assert main(["evaluate", "--truth", str(tmp_path / "truth.json"), "--images", str(tmp_path)]) == 1
    assert "LE-TRUTH" in capsys.readouterr().err


def test_volumes_are_spoken_of_as_scans_and_found_at_a_tenth_of_overlap(volume_home, tmp_path, capsys):
    voxels = np.full((20, 24, 28), -850, np.int16)
    (tmp_path / "clean.mha").write_bytes(metaimage(voxels))
    voxels[4:12, 8:16, 12:20] = 30
    (tmp_path / "spot.mha").write_bytes(metaimage(voxels))
    size = {"width": 28, "height": 24, "depth": 20}
    truth = {
        "images": [{"id": 1, "file_name": "spot.mha", **size}, {"id": 2, "file_name": "clean.mha", **size}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "box_vox": [4, 8, 12, 12, 16, 20]}],
        "categories": [{"id": 1, "name": "spot"}],
    }
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    assert main(["evaluate", "--truth", str(tmp_path / "truth.json"), "--images", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "2 scans with 1 findings, 1 of them without any" in out
    assert "AP at IoU 0.1" in out
    assert "false regions a scan            0.000" in out
    assert "scans without findings marked   0 of 1; with so few" in out
    assert "Sensitivity at false regions a scan (FROC):" in out


def test_the_overlap_of_a_hit_may_be_chosen(spotted_home, annotated, capsys):
    assert main([*annotated, "--hit-iou", "0.9", "--json"]) == 0
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    assert (line["hit_iou"], line["sensitivity"]["value"]) == (0.9, 1.0)


def test_an_effort_that_no_model_has_ends_with_its_code(spotted_home, annotated, capsys):
    assert main([*annotated, "--effort", "hasty"]) == 2
    assert "US-EFFORT" in capsys.readouterr().err


def test_several_labels_are_also_summed_up(capsys):
    spots = [case([[0, 0, 10, 10]], [[0, 0, 10, 10, 0.9]]), case([], [])]
    stains = [case([[50, 50, 60, 60]], []), case([], [[50, 50, 60, 60, 0.8]])]
    cases = {"spot": spots, "stain": stains}
    together = Together(overall(cases, 0.5, hit_iou=0.33, seed=1), mean_ap_overlaps(cases, seed=1))
    _print_overall(together, "image")
    out = capsys.readouterr().out
    assert "mAP at IoU 0.5:0.95               0.500" in out
    assert "All labels together, 2 images with 2 findings" in out
    assert "mAP at IoU 0.33                   0.500" in out
    assert "F score                         0.500" in out


def test_subgroups_calibration_and_what_is_not_shown_are_printed(spotted_home, annotated, capsys):
    assert main([*annotated, "--by", "group", "--by", "size"]) == 0
    out = capsys.readouterr().out
    for words in (
        "AP at IoU 0.5:0.95",
        "calibration error",
        "Subgroups, the worst first",
        "2 groups are fewer than the 10",
    ):
        assert words in out
    assert main([*annotated, "--by", "lamp"]) == 2
    assert "US-COLUMN" in capsys.readouterr().err


def test_a_threshold_is_chosen_for_a_requirement_and_kept(spotted_home, annotated, capsys):
    assert main([*annotated, "--require", "sensitivity >= 0.9", "--json"]) == 0
    (line,) = (json.loads(text) for text in capsys.readouterr().out.splitlines())
    assert line["point"]["at"]["sensitivity"] == 1.0
    (kept,) = spotted_home.models.glob("bright-spots-1.0.0-*.points.json")
    assert json.loads(kept.read_text())["points"][0]["requirement"] == "sensitivity >= 0.9"
    assert main(annotated) == 0
    assert "Chosen before for sensitivity >= 0.9" in capsys.readouterr().out
    assert main(["models", "show", "bright-spots"]) == 0
    shown = capsys.readouterr().out
    assert "Chosen here for sensitivity >= 0.9 of spot: threshold" in shown
    assert "sensitivity 1.000 (1.000 to 1.000)" in shown
    assert main([*annotated, "--require", "very good"]) == 2
    assert "US-REQUIREMENT" in capsys.readouterr().err


def test_the_report_is_one_page_with_what_went_wrong(spotted_home, tmp_path, annotated, capsys):
    truth = json.loads((tmp_path / "truth.json").read_text())
    truth["annotations"].append({"id": 2, "image_id": 2, "category_id": 1, "bbox": [10, 10, 8, 8], "iscrowd": 0})
    truth["images"][1]["file_name"] = "<b>.png"
    (tmp_path / "clean.png").rename(tmp_path / "<b>.png")
    (tmp_path / "truth.json").write_text(json.dumps(truth))
    assert main([*annotated, "--report", str(tmp_path / "report.html")]) == 0
    page = (tmp_path / "report.html").read_text()
    assert "Missed, 1 shown" in page
    assert page.count("data:image/png;base64,") == 1
    assert "&lt;b&gt;.png" in page
    assert "<b>" not in page
    assert "http" not in page
    assert not list(tmp_path.glob(".*"))


def test_a_report_that_cannot_be_written_is_refused_before_anything_is_measured(
    spotted_home, tmp_path, annotated, capsys
):
    for path in (tmp_path, tmp_path / "nowhere" / "report.html"):
        assert main([*annotated, "--report", str(path)]) == 2
        said = capsys.readouterr().err
        assert "US-OUT" in said
        assert "of 2 images" not in said


def test_ctrl_c_ends_it_after_an_image_and_keeps_nothing(spotted_home, tmp_path, annotated, capsys, monkeypatch):
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    tell = Progress.__call__

    def pressed_at_the_first(self, done, of):
        signal.raise_signal(signal.SIGINT)
        tell(self, done, of)

    monkeypatch.setattr(Progress, "__call__", pressed_at_the_first)
    try:
        report = tmp_path / "report.html"
        assert main([*annotated, "--require", "sensitivity >= 0.9", "--report", str(report)]) == 1
    finally:
        signal.signal(signal.SIGINT, before)
    assert "Stopped after 1 of 2 images" in capsys.readouterr().err
    assert not report.exists()
    assert not list(spotted_home.models.glob("*.points.json"))


def test_the_report_may_be_a_pdf_with_the_same_figures_and_pictures(spotted_home, annotated, tmp_path):
    picture(tmp_path / "clean.png", spots=((20, 20),))  # now a false alarm
    assert main([*annotated, "--report", str(tmp_path / "report.pdf")]) == 0
    pages = PdfReader(tmp_path / "report.pdf").pages
    words = " ".join(page.extract_text() for page in pages)
    for told in (
        "bright-spots 1.0.0 on",
        "sensitivity at 0.500",
        "1.000",
        "AP at IoU 0.5:0.95",
        "False alarms",
        "with the unsure regions, from 0.500",
    ):
        assert told in words
    assert sum(len(page.images) for page in pages) == 1
