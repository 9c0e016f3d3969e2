import pickle

import pytest

from engine.errors import ModelError
from engine.registry.package import read_package
from tests.engine.registry.models import rezip
from tests.engine.tiny_model import graph_of


def test_package_says_what_its_manifest_says(packed):
    package = read_package(packed)
    assert package.card.name == "bright-spots 1.0.0"
    assert package.card.acceptance == {"ap50": 0.9}
    assert package.graph() == graph_of()
    assert package.text("CARD.md").startswith("# bright-spots")
    assert "golden/spot.png" in package.names


def test_package_can_be_handed_to_another_process(packed):
    package = read_package(packed)
    assert pickle.loads(pickle.dumps(package)).graph() == package.graph()  # noqa: S301 - our own bytes


def test_changed_graph_reaches_no_run_time(zipped, tmp_path):
    package = read_package(rezip(zipped, tmp_path / "b.zip", model__onnx=graph_of(bias=0.0)))
    with pytest.raises(ModelError, match=r"model\.onnx .* is not the file") as caught:
        package.graph()
    assert caught.value.code == "MD-HASH"


def test_graph_changed_after_opening_reaches_no_run_time(tmp_path, packed):
    package = read_package(packed)
    if packed.is_dir():
        (packed / "model.onnx").write_bytes(graph_of(bias=0.0))
        with pytest.raises(ModelError) as caught:
            package.graph()
        assert caught.value.code == "MD-HASH"
    else:
        packed.unlink()
        with pytest.raises(ModelError) as caught:
            package.graph()
        assert caught.value.code == "MD-UNREADABLE"


def test_changed_manifest_is_not_believed(zipped, tmp_path):
    with pytest.raises(ModelError) as caught:
        read_package(rezip(zipped, tmp_path / "b.zip", manifest__toml=b"[model]"))
    assert caught.value.code == "MD-HASH"


def test_folder_that_was_never_packed_is_not_a_package(source):
    with pytest.raises(ModelError, match="never packed") as caught:
        read_package(source)
    assert caught.value.code == "MD-SUMS"


@pytest.mark.parametrize("sums", [b"nonsense\n", b"\xff\n", b"0" * 64 + b" model.onnx\n"])
def test_damaged_sums_are_named_by_line(zipped, tmp_path, sums):
    with pytest.raises(ModelError, match="Line 1 of SHA256SUMS") as caught:
        read_package(rezip(zipped, tmp_path / "b.zip", SHA256SUMS=sums))
    assert caught.value.code == "MD-SUMS"


def test_file_named_twice_in_the_sums_is_refused(zipped, tmp_path):
    stated = read_package(zipped).stated
    with pytest.raises(ModelError, match="a new name"):
        read_package(rezip(zipped, tmp_path / "b.zip", SHA256SUMS=stated + stated))


def test_file_that_is_not_in_the_package_is_named(packed):
    with pytest.raises(ModelError, match=r"holds no weights\.bin") as caught:
        read_package(packed).read("weights.bin")
    assert caught.value.code == "MD-MISSING"
