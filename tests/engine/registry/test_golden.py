import pytest

from engine.errors import ModelError
from engine.registry.golden import golden_cases, read_regions, regions_json
from engine.registry.package import read_package
from tests.engine.registry.models import SPOT


def test_case_holds_its_image_and_what_must_be_found(packed, source):
    (case,) = golden_cases(read_package(packed))
    assert (case.name, case.regions) == ("spot", (SPOT,))
    assert case.image == (source / "golden" / "spot.png").read_bytes()


def test_regions_keep_every_bit():
    assert read_regions("a.json", regions_json((SPOT, SPOT))) == (SPOT, SPOT)
    assert read_regions("a.json", regions_json(())) == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"regions": 1}',
        '{"regions": [{}]}',
        '{"regions": [{"label": "a", "score": 1, "band": "certain", "box_px": [0, 0, 1, 1]}]}',
        '{"regions": [{"label": "a", "score": 1, "band": "sure", "box_px": [0, 0, 1]}]}',
        "[" * 100_000,
    ],
)
def test_damaged_case_is_named(text):
    with pytest.raises(ModelError, match=r"golden case a\.json") as caught:
        read_regions("a.json", text)
    assert caught.value.code == "MD-GOLDEN"
