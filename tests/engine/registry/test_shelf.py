import shutil

import pytest

from engine.domain.activation import Release, Standing
from engine.errors import InputError, ModelError, OutOfDomainError, UsageError
from engine.registry.pack import pack
from engine.registry.shelf import Shelf
from tests.engine.registry.models import MANIFEST, ct, photograph, trust, write_source
from tests.engine.tiny_model import graph_of


@pytest.fixture
def install(tmp_path, home, key):
    """Packs a model into the home; the key is trusted there."""
    trust(home, key)

    def installed(manifest=MANIFEST, name="a.zip", signed=True):
        source = write_source(tmp_path / "sources" / name, manifest)
        return pack(source, home.models / name, key if signed else None)

    return installed


def _own(home):
    """The shelf without what the program itself brings."""
    shelf = Shelf.of(home)
    own = tuple(package for package in shelf.packages if package.path.is_relative_to(home.root))
    return Shelf(own, tuple(refused for refused in shelf.refused if refused.path.is_relative_to(home.root)))


def test_fresh_home_has_only_what_the_program_brings(home):
    assert _own(home) == Shelf((), ())


def test_installed_packages_stand_there_folder_or_zip(home, install):
    one = install()
    two = install(MANIFEST.replace("1.0.0", "0.10.0"), "b")
    three = install(MANIFEST.replace("1.0.0", "0.9.0"), "c")
    assert _own(home).packages == (three, two, one)


def test_same_package_in_two_places_is_one_model(home, install):
    install()
    shutil.copy(home.models / "a.zip", home.models / "copy.zip")
    assert len(_own(home).packages) == 1


def test_what_may_not_be_used_is_listed_with_its_reason(home, install):
    install(name="unsigned.zip", signed=False)
    (home.models / "torn.zip").write_bytes(b"torn")
    (home.models / "unpacked").mkdir()
    (home.models / ".being-copied").mkdir()
    (home.models / "notes.txt").write_text("not a package")
    shelf = _own(home)
    assert shelf.packages == ()
    assert {(refused.path.name, refused.error.code) for refused in shelf.refused} == {
        ("unsigned.zip", "MD-UNSIGNED"),
        ("torn.zip", "MD-UNREADABLE"),
        ("unpacked", "MD-SUMS"),
    }


def test_only_model_that_fits_is_taken(home, install):
    spots = install()
    lungs = MANIFEST.replace("bright-spots", "lungs").replace("[32, 32]", "[32, 32, 32]")
    install(lungs.replace('"photograph"', '"volume"').replace('"photo"', '"CT"'), "b")
    assert _own(home).choose(photograph()) == spots


def test_model_changed_on_the_shelf_is_not_run(home, install):
    package = install(name="a")
    shelf = _own(home)
    (package.path / "model.onnx").write_bytes(graph_of(bias=0.0))
    with pytest.raises(ModelError) as caught:
        shelf.choose(photograph()).graph()
    assert caught.value.code == "MD-HASH"


def test_study_that_no_model_fits_says_why_for_each(home, install):
    install()
    install(MANIFEST.replace("bright-spots", "lungs").replace('"photo"]', '"CT"]'), "b")
    with pytest.raises(OutOfDomainError) as caught:
        _own(home).choose(ct())
    assert caught.value.code == "OD-NONE"
    assert "bright-spots 1.0.0: modality CT, the model was validated on photo;" in caught.value.message
    assert "lungs 1.0.0: kind volume" in caught.value.message


def test_study_that_two_models_fit_asks_for_a_name(home, install):
    install()
    dim = install(MANIFEST.replace("bright-spots", "dim-spots"), "b")
    with pytest.raises(InputError, match=r"bright-spots 1\.0\.0 .* dim-spots 1\.0\.0") as caught:
        _own(home).choose(photograph())
    assert caught.value.code == "IN-MODEL-AMBIGUOUS"
    assert _own(home).choose(photograph(), "dim-spots") == dim


def test_one_of_two_versions_is_named_in_full(home, install):
    install()
    newer = install(MANIFEST.replace("1.0.0", "1.1.0"), "b")
    with pytest.raises(InputError) as caught:
        _own(home).choose(photograph(), "bright-spots")
    assert caught.value.code == "IN-MODEL-AMBIGUOUS"
    assert _own(home).choose(photograph(), "bright-spots 1.1.0") == newer


def test_of_two_versions_the_activated_one_answers(home, install):
    older = install()
    newer = install(MANIFEST.replace("1.0.0", "1.1.0"), "b")
    for one in (older, newer):
        standing = Standing(active={"bright-spots": Release(one.card.version, one.card.hash)})
        assert _own(home).choose(photograph(), standing=standing) == one
        assert _own(home).choose(photograph(), "bright-spots", standing) == one
        assert _own(home).choose(photograph(), "bright-spots 1.1.0", standing) == newer


def test_an_imported_version_changes_nothing_before_it_is_activated(home, install):
    older = install()
    newer = install(MANIFEST.replace("1.0.0", "1.1.0"), "b")
    standing = Standing(imported=frozenset({newer.card.hash}))
    assert _own(home).choose(photograph(), standing=standing) == older


def test_an_imported_model_does_not_answer_before_it_is_activated_unless_its_version_is_named(home, install):
    brought = install()
    standing = Standing(imported=frozenset({brought.card.hash}))
    for name in (None, "bright-spots"):
        with pytest.raises(ModelError, match=r"bright-spots 1\.0\.0: it was imported and not activated") as caught:
            _own(home).choose(photograph(), name, standing)
        assert caught.value.code == "MD-INACTIVE"
    assert _own(home).choose(photograph(), "bright-spots 1.0.0", standing) == brought


def test_an_active_version_that_went_is_not_replaced_in_silence(home, install):
    install()
    standing = Standing(active={"bright-spots": Release("0.9.0", "a1" * 32)})
    with pytest.raises(ModelError, match=r"bright-spots 0\.9\.0: it is the one that answers, and not on the shelf"):
        _own(home).choose(photograph(), standing=standing)
    install(MANIFEST.replace("bright-spots", "lungs").replace('"photo"]', '"CT"]'), "b")
    with pytest.raises(OutOfDomainError, match=r"lungs 1\.0\.0: .*bright-spots 0\.9\.0: it is the one"):
        _own(home).choose(photograph(), standing=standing)


def test_named_model_is_not_asked_about_what_it_was_not_made_for(home, install):
    install()
    with pytest.raises(OutOfDomainError, match=r"bright-spots 1\.0\.0 was made for: modality CT") as caught:
        _own(home).choose(ct(), "bright-spots")
    assert caught.value.code == "OD-MODEL"


def test_unknown_name_is_wrong_use_and_says_what_there_is(home, install):
    install()
    with pytest.raises(UsageError, match=r"'pitting' \(installed: bright-spots 1\.0\.0\)") as caught:
        _own(home).choose(photograph(), "pitting")
    assert caught.value.code == "US-MODEL"


def test_name_of_a_refused_package_gives_its_reason(home, install):
    install(name="bright-spots.zip", signed=False)
    with pytest.raises(ModelError) as caught:
        _own(home).choose(photograph(), "bright-spots")
    assert caught.value.code == "MD-UNSIGNED"


def test_empty_shelf_is_not_nothing_flagged(home, install):
    with pytest.raises(ModelError) as caught:
        _own(home).choose(photograph())
    assert caught.value.code == "MD-NONE"
    install(signed=False)
    with pytest.raises(ModelError, match=r"1 refused, the first: .* not signed"):
        _own(home).choose(photograph())
