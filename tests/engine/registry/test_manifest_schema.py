import json
import tomllib

import fastjsonschema
import pytest

from engine.errors import ModelError
from engine.registry.manifest import read_manifest
from engine.registry.manifest_schema import manifest_schema
from tests.engine.registry.models import MANIFEST
from tests.engine.tiny_model import VOLUME_MANIFEST


@pytest.fixture(scope="module")
def accepts():
    validate = fastjsonschema.compile(json.loads(manifest_schema()))

    def accepted(text):
        try:
            validate(tomllib.loads(text))
        except fastjsonschema.JsonSchemaException:
            return False
        return True

    return accepted


def test_the_published_schema_is_that_of_the_reader(root):
    assert (root / "docs" / "manifest.schema.json").read_text() == manifest_schema(), (
        "run: python -m engine.registry.manifest_schema docs/manifest.schema.json"
    )


def test_the_schema_takes_every_manifest_at_hand(root, accepts):
    bundled = [path.read_text() for path in sorted((root / "resources" / "models").glob("*/manifest.toml"))]
    assert len(bundled) == 3
    for text in (MANIFEST, VOLUME_MANIFEST, *bundled):
        read_manifest(text, "")
        assert accepts(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[model]", "[other]"),
        ('id = "bright-spots"', 'id = "Bright Spots"'),
        ('task = "flags bright spots in grey pictures"', 'task = " "'),
        ('labels = ["spot"]', "labels = []"),
        ("channels = 1", "channels = 0"),
        ("channels = 1", "channels = true"),
        ("channels = 1", "chanels = 1"),
        ("low = 0.0", "low = 1e31"),
        ("std = [1.0]", "std = [0.0]"),
        ("batch = 2", "batch = 2\nspacing_mm = [1.0, 1.0]"),
        ("overlap = 0.25", "overlap = 1.25"),
        ("overlap = 0.25", "overlap = 0.25\ncoarser = 9"),
        ("overlap = 0.25", 'overlap = 0.25\nflips = ["xy"]'),
        ("overlap = 0.25", 'overlap = 0.25\nflips = ["x", "x"]'),
        ("overlap = 0.25", 'overlap = 0.25\nagain_flips = ["xy"]'),
        ("overlap = 0.25", "overlap = 0.25\nagain_from = 2"),
        ('kind = "center"', 'kind = "unheard-of"'),
        ("[efforts.full]", "[efforts.fast]"),
        ('kinds = ["photograph"]', 'kinds = ["stack"]'),
        ("size_px = [8, 4096]", "size_px = [8]"),
        ("size_px = [8, 4096]", "size_px = [8, 4096]\ngap_mm = 0"),
        ("ap50 = 0.9", 'ap50 = "good"'),
    ],
)
def test_schema_and_reader_refuse_alike(old, new, accepts):
    assert old in MANIFEST
    text = MANIFEST.replace(old, new)
    assert not accepts(text)
    with pytest.raises(ModelError):
        read_manifest(text, "")
