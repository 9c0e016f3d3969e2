import pytest

from engine.errors import ModelError
from engine.registry.pack import pack
from engine.registry.package import read_package
from engine.registry.sign import Trust
from engine.registry.verify import require_usable, verify
from tests.engine.registry.models import rezip
from tests.engine.tiny_model import graph_of


def _refusal(path, trusted):
    with pytest.raises(ModelError) as caught:
        require_usable(read_package(path), trusted)
    assert caught.value.next_step
    return caught.value.code


def test_sound_package_of_a_trusted_key_is_usable(packed, trusted):
    verdict = verify(packed, trusted)
    assert verdict.usable
    assert verdict.summary == "bright-spots 1.0.0: every file as packed, signed by a trusted key (site)"
    require_usable(read_package(packed), trusted)


def test_unsigned_package_is_not_usable(tmp_path, source, trusted):
    path = pack(source, tmp_path / "a.zip").path
    assert verify(path, trusted).signature.trust is Trust.UNSIGNED
    assert not verify(path, trusted).usable
    assert _refusal(path, trusted) == "MD-UNSIGNED"


def test_package_of_an_unknown_key_is_not_usable_and_names_it(packed, key):
    verdict = verify(packed, ())
    assert verdict.problems == ()
    assert not verdict.usable
    assert key.public_key().public_bytes_raw().hex() in verdict.summary
    assert _refusal(packed, ()) == "MD-UNTRUSTED"


def test_every_changed_file_is_named(tmp_path, zipped, trusted):
    path = rezip(zipped, tmp_path / "b.zip", model__onnx=graph_of(bias=0.0), CARD__md=b"better than it is")
    verdict = verify(path, trusted)
    assert not verdict.usable
    assert [problem.split()[0] for problem in verdict.problems] == ["CARD.md", "model.onnx"]
    assert "2 problems with its files" in verdict.summary


def test_missing_file_is_named(tmp_path, zipped, trusted):
    path = rezip(zipped, tmp_path / "b.zip", reference__json=None)
    assert verify(path, trusted).problems == ("reference.json is missing.",)
    assert _refusal(path, trusted) == "MD-FILES"


def test_added_file_is_named(tmp_path, zipped, trusted):
    path = rezip(zipped, tmp_path / "b.zip", payload__so=b"ELF")
    assert verify(path, trusted).problems == ("payload.so is not listed in SHA256SUMS.",)
    assert _refusal(path, trusted) == "MD-FILES"


def test_sums_made_to_match_a_changed_file_break_the_signature(tmp_path, zipped, source, trusted):
    (source / "model.onnx").write_bytes(graph_of(bias=0.0))
    forged = pack(source, tmp_path / "forged")
    (forged.path / "SHA256SUMS.sig").write_bytes(read_package(zipped).contents.read("SHA256SUMS.sig"))
    verdict = verify(forged.path, trusted)
    assert (verdict.problems, verdict.signature.trust) == ((), Trust.BROKEN)
    assert _refusal(forged.path, trusted) == "MD-SIGNATURE"


def test_path_without_a_package_is_an_error(tmp_path, trusted):
    with pytest.raises(ModelError) as caught:
        verify(tmp_path / "nothing", trusted)
    assert caught.value.code == "MD-MISSING"
