import pytest

from engine.domain.model_card import SanitySpec
from engine.errors import ModelError
from engine.registry.manifest import read_manifest
from tests.engine.registry.models import MANIFEST
from tests.engine.tiny_model import card_with


def test_manifest_gives_the_card_it_describes():
    assert read_manifest(MANIFEST, "0" * 64) == card_with(acceptance={"ap50": 0.9})


def test_an_effort_without_flips_looks_at_each_tile_once():
    assert read_manifest(MANIFEST, "").effort("full").flips == ("",)
    mirrored = MANIFEST.replace("overlap = 0.25", 'overlap = 0.25\nflips = ["", "x"]')
    assert read_manifest(mirrored, "").effort("full").flips == ("", "x")


def test_an_effort_may_look_again_at_what_shows_something():
    assert read_manifest(MANIFEST, "").effort("full").again_flips == ()
    again = MANIFEST.replace("overlap = 0.25", 'overlap = 0.25\nagain_flips = ["x", "y"]\nagain_from = 0.3')
    effort = read_manifest(again, "").effort("full")
    assert (effort.flips, effort.again_flips, effort.again_from) == (("",), ("x", "y"), 0.3)


def test_range_and_coarser_have_defaults_and_are_read():
    card = read_manifest(MANIFEST, "")
    assert (card.input.range, card.effort("full").coarser) == ("values", 1.0)
    text = MANIFEST.replace("high = 1.0", 'high = 99.5\nrange = "percentiles"')
    card = read_manifest(text + "\n[efforts.quick]\noverlap = 0.1\ncoarser = 1.5\n", "")
    assert (card.input.range, card.input.high) == ("percentiles", 99.5)
    assert (card.effort("quick").coarser, card.effort("full").coarser) == (1.5, 1.0)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[model]", "[other]", r"\[model\] is missing"),
        ('id = "bright-spots"', "", r"\[model\] id is missing"),
        ('id = "bright-spots"', 'id = "Bright Spots"', r"\[model\] id is 'Bright Spots'"),
        ('version = "1.0.0"', 'version = "1"', r"\[model\] version is '1'"),
        ('labels = ["spot"]', "labels = []", r"\[model\] labels must be"),
        ("channels = 1", "channels = 0", r"\[input\] channels must be a whole number"),
        ("channels = 1", "channels = true", r"\[input\] channels must be a whole number"),
        ("channels = 1", "channels = 3", r"\[input\] mean has 1 values for 3 channels"),
        ("tile = [32, 32]", "tile = [32]", r"\[input\] tile has 1 axes"),
        ("tile = [32, 32]", "tile = [30, 32]", "not divisible by the stride 4"),
        ("low = 0.0", "low = nan", r"\[input\] low is beyond"),
        ("high = 1.0", "high = inf", r"\[input\] high is beyond"),
        ("high = 1.0", f"high = {10**400}", r"\[input\] high is beyond"),
        ("high = 1.0", "high = 0.0", r"\[input\] high must be above low"),
        ("std = [1.0]", "std = [0.0]", r"\[input\] std must be above 0"),
        ("high = 1.0", 'high = 1.0\nrange = "share"', r"\[input\] range is 'share', known are values, percentiles"),
        ("high = 1.0", "high = 1.0\nrange = [1]", r"\[input\] range is \[1\]"),
        ("high = 1.0", 'high = 101.0\nrange = "percentiles"', r"\[input\] low and high are 0 and 101"),
        ("batch = 2", "batch = 2\nspacing_mm = [1.0, 0.0, 1.0]", r"\[input\] spacing_mm must be above 0"),
        ("overlap = 0.25", "overlap = 0.25\ncoarser = 0.5", r"\[efforts\.full\] coarser is 0\.5, allowed is 1 to 8"),
        ("overlap = 0.25", 'overlap = 0.25\ncoarser = "2"', r"\[efforts\.full\] coarser must be a number"),
        ('kind = "center"', 'kind = "yolo"', r"\[head\] kind is 'yolo'"),
        ("sure = 0.5\n", "sure = 1.5\n", r"\[thresholds\] sure is 1\.5"),
        ("unsure = 0.5", "unsure = 0.6", r"\[thresholds\] unsure must not be above sure"),
        (
            "[parity]",
            "[size]\nsmallest_mm = 0.0\nfull_mm = 20.0\nslope = 0.8\n[parity]",
            r"\[size\] smallest_mm must be above 0",
        ),
        ("[parity]", "[size]\nsmallest_mm = 4.0\nfull_mm = 20.0\nslope = -1.0\n[parity]", r"\[size\] slope is -1"),
        ("[parity]", "[size]\nsmallest_mm = 4.0\nslope = 0.8\n[parity]", r"\[size\] full_mm is missing"),
        ("[parity]", "[size]\nsmallest_mm = 4.0\nfull_mm = 20.0\nslope = 0.8\n[parity]", r"\[size\] is for volumes"),
        ("[efforts.full]", "[efforts.fast]", "names no effort 'full'"),
        ("[efforts.full]\noverlap = 0.25", "[efforts]\nfull = 1", r"\[efforts\.full\] is missing"),
        ("overlap = 0.25", "overlap = 0.25\nflips = 1", r"\[efforts\.full\] flips must be a list"),
        ("overlap = 0.25", "overlap = 0.25\nflips = []", r"\[efforts\.full\] flips must be a list"),
        ("overlap = 0.25", 'overlap = 0.25\nflips = ["x", "x"]', r"\[efforts\.full\] flips must be a list without"),
        ("overlap = 0.25", 'overlap = 0.25\nflips = ["xy"]', r"\[efforts\.full\] flips names 'xy'"),
        ("overlap = 0.25", "overlap = 0.25\nflips = [0]", r"\[efforts\.full\] flips names 0"),
        ("overlap = 0.25", 'overlap = 0.25\nflips = ["z"]', r"\[efforts\] flips names z"),
        (
            "overlap = 0.25",
            'overlap = 0.25\nagain_flips = ["z"]\nagain_from = 0.5',
            r"\[efforts\] again_flips names z",
        ),
        (
            "overlap = 0.25",
            'overlap = 0.25\nagain_flips = ["x", ""]\nagain_from = 0.5',
            r"\[efforts\] again_flips names '', in which every tile is looked at already",
        ),
        ("overlap = 0.25", 'overlap = 0.25\nagain_flips = ["x"]', r"\[efforts\] again_from must be below 1"),
        ("overlap = 0.25", "overlap = 0.25\nagain_from = 2", r"\[efforts\.full\] again_from is 2"),
        ('kinds = ["photograph"]', 'kinds = ["picture"]', r"\[domain\] kinds names 'picture'"),
        ('kinds = ["photograph"]', 'kinds = ["stack"]', r"\[domain\] kinds names 'stack', which is not answered"),
        (
            'kinds = ["photograph"]',
            'kinds = ["photograph", "volume"]',
            r"\[domain\] kinds names 'volume' for tiles of 2",
        ),
        ("tile = [32, 32]", "tile = [32, 32, 32]", r"\[domain\] kinds names 'photograph' for tiles of 3"),
        ("size_px = [8, 4096]", "size_px = [4096, 8]", r"\[domain\] size_px"),
        ("size_px = [8, 4096]", "size_px = [8, 4096]\ngap_mm = 0", r"\[domain\] gap_mm must be above 0"),
        ("size_px = [8, 4096]", 'size_px = [8, 4096]\ngap_mm = "x"', r"\[domain\] gap_mm must be a number"),
        ("size_px = [8, 4096]", "size_px = [8, 4096]\nbrightness = [0.5, 0.1]", r"\[domain\] brightness must be"),
        ("size_px = [8, 4096]", "size_px = [8, 4096]\nbrightness = [0.1]", r"\[domain\] brightness must be"),
        ("size_px = [8, 4096]", "size_px = [8, 4096]\nbrightness = [0.1, 25]", r"\[domain\] brightness is 25"),
        ("size_px = [8, 4096]", "size_px = [8, 4096]\ngapmm = 5", r"\[domain\] gapmm is not known to this version"),
        ("[domain]", "[domains]\n[domain]", r"\[domains\] is not known to this version"),
        ("ap50 = 0.9", 'ap50 = "good"', r"\[acceptance\] ap50 must be a number"),
        ("[acceptance]\nap50 = 0.9", "", None),
        ("[model]", "[model", "is not TOML"),
        ("[model]", "x = " + "[" * 5000, "is not TOML"),
    ],
)
def test_what_is_wrong_is_named_by_table_and_field(old, new, named):
    assert old in MANIFEST
    text = MANIFEST.replace(old, new)
    if named is None:
        assert read_manifest(text, "").acceptance == {}
        return
    with pytest.raises(ModelError, match=named) as caught:
        read_manifest(text, "")
    assert caught.value.code == "MD-MANIFEST"


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("size_mm = [30, 3]", "size_mm must be the smallest and the largest side"),
        ("size_px = [3, 3]", "size_px must be"),
        ("least_slices = 2", "least_slices is for volumes"),
        ("repeated = 1.5", "repeated"),
        ("sizes = [1, 2]", "sizes is not known"),
    ],
)
def test_a_sanity_rule_that_cannot_be_meant_is_named(rules, said):
    with pytest.raises(ModelError, match=said):
        read_manifest(f"{MANIFEST}\n[sanity]\n{rules}\n", "")


def test_sanity_rules_are_read_and_a_manifest_needs_none():
    assert read_manifest(MANIFEST, "").sanity is None
    card = read_manifest(f"{MANIFEST}\n[sanity]\nsize_px = [3, 30]\nmost_regions = 4\nbody_above = 0.2\n", "")
    assert card.sanity == SanitySpec(size_px=(3.0, 30.0), most_regions=4, body_above=0.2)
