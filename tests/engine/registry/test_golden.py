import io

import numpy as np
import pytest

from engine.detect.protocol import RawOutput
from engine.errors import ModelError
from engine.registry.golden import golden_cases, network_bytes, read_regions, regions_json
from engine.registry.pack import pack
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


NUMBERS = np.random.default_rng(5).random((2, 5, 8, 8), np.float32)


def test_answers_of_the_network_are_kept_to_the_bit(source, tmp_path):
    raw = RawOutput(NUMBERS[:, :1], NUMBERS[:, 1:])
    (source / "golden" / "spot.npy").write_bytes(network_bytes(raw))
    (case,) = golden_cases(pack(source, tmp_path / "with answers"))
    assert case.network.heat.tobytes() == raw.heat.tobytes()
    assert case.network.box.tobytes() == raw.box.tobytes()


def saved(array, **options):
    content = io.BytesIO()
    np.save(content, array, **options)
    return content.getvalue()


def claiming(shape):
    """A file whose header claims more than it holds."""
    content = io.BytesIO()
    np.lib.format.write_array_header_1_0(content, {"descr": "<f4", "fortran_order": False, "shape": shape})
    return content.getvalue() + NUMBERS.tobytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no array",
        saved(NUMBERS)[:-1],
        saved(NUMBERS) + b"\0",
        saved(NUMBERS.astype(np.float64)),
        saved(NUMBERS[:1]),
        saved(np.asfortranarray(NUMBERS)),
        saved(np.where(NUMBERS > 0.5, np.float32(np.nan), NUMBERS)),
        saved(np.array([{"any": "object"}], object), allow_pickle=True),
        claiming((2, 5, 8, 8 << 40)),
        claiming((2, 5, 8, 16)),
        b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 70_000,
        b"\x93NUMPY\x03\x00" + saved(NUMBERS)[8:],
    ],
)
def test_stored_answers_that_are_not_the_networks_are_named(source, tmp_path, content):
    (source / "golden" / "spot.npy").write_bytes(content)
    with pytest.raises(ModelError) as caught:
        pack(source, tmp_path / "with answers")
    assert caught.value.code in {"MD-GOLDEN", "MD-SIZE"}


def test_stored_answers_to_no_case_are_named(source, tmp_path):
    (source / "golden" / "other.npy").write_bytes(saved(NUMBERS))
    with pytest.raises(ModelError, match=r"other\.npy belongs to no pair"):
        pack(source, tmp_path / "with answers")
