import json

import pytest

from engine.errors import InputError
from engine.evaluate.rehearse import complete_golden, rehearse
from engine.registry.pack import pack
from tests.engine.tiny_model import write_source, write_volume_source


def packed(source, tmp_path):
    return pack(source, tmp_path / "package")


def test_a_package_answers_its_golden_cases_as_its_maker_did(tmp_path):
    source = write_source(tmp_path / "source")
    (region,) = json.loads((source / "golden" / "spot.json").read_text())["regions"]
    assert region["box_px"] == [2.0, 6.0, 10.0, 14.0]
    assert rehearse(packed(source, tmp_path), threads=1) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"score": 0.5}, "differs by 0.4"),
        ({"box_px": [2.0, 6.0, 10.5, 14.0]}, "0.500 px in a face (limit 0.1)"),
        ({"label": "scratch"}, "is 'spot', wanted 'scratch'"),
    ],
)
def test_an_answer_beyond_the_parity_limits_is_said(tmp_path, change, said):
    source = write_source(tmp_path / "source")
    golden = source / "golden" / "spot.json"
    held = json.loads(golden.read_text())
    held["regions"][0] |= change
    golden.write_text(json.dumps(held))
    (difference,) = rehearse(packed(source, tmp_path), threads=1)
    assert difference.startswith("Golden case spot: region 1")
    assert said in difference


def test_a_missing_region_is_said(tmp_path):
    source = write_source(tmp_path / "source")
    (source / "golden" / "spot.json").write_text('{"regions": []}')
    assert rehearse(packed(source, tmp_path), threads=1) == ("Golden case spot: 1 regions, wanted 0.",)


def test_only_pictures_without_an_answer_are_answered(tmp_path):
    source = write_source(tmp_path / "source")
    (source / "golden" / "spot.json").write_text("kept")
    (source / "golden" / "again.png").write_bytes((source / "golden" / "spot.png").read_bytes())
    assert complete_golden(source) == ("again",)
    assert (source / "golden" / "spot.json").read_text() == "kept"


def test_a_golden_picture_that_cannot_be_read_is_an_error(tmp_path):
    source = write_source(tmp_path / "source")
    (source / "golden" / "cut.png").write_bytes((source / "golden" / "spot.png").read_bytes()[:40])
    with pytest.raises(InputError):
        complete_golden(source)


def test_a_model_of_volumes_has_golden_volumes(tmp_path):
    source = write_volume_source(tmp_path / "source")
    golden = source / "golden" / "spot.json"
    held = json.loads(golden.read_text())
    assert all(len(region["box_vox"]) == 6 for region in held["regions"])
    assert rehearse(packed(source, tmp_path), threads=1) == ()
    held["regions"][0]["box_vox"][5] += 0.5
    golden.write_text(json.dumps(held))
    (difference,) = rehearse(pack(source, tmp_path / "other"), threads=1)
    assert "0.500 px in a face" in difference
