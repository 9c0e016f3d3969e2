"""Settings of the site: checked, written as a whole, in the log under the person's name."""

import json
import stat

import pytest

from engine.domain.operator import Operator, Role
from engine.errors import UsageError
from engine.operators.session import Session, single_operator
from engine.opinion.settings import rule_for
from engine.queue.watch.settings import read_rules
from engine.settings import read_settings
from engine.site_settings import SiteFile, check_site, keep_site, read_site
from engine.store.database import open_store
from engine.store.logbook import newest
from engine.store.running import running


@pytest.fixture
def store(home):
    with open_store(home) as store:
        yield store


def test_folders_are_written_as_watch_reads_them(store, tmp_path):
    table = {"routing": "move", "folder": [{"path": str(tmp_path / "in"), "picture_s": 5}]}
    keep_site(store, single_operator(), SiteFile.FOLDERS, table)
    assert read_site(store.home, SiteFile.FOLDERS) == table
    (rule,) = read_rules(store.home.root / "watch.toml")
    assert (rule.path, rule.routing, rule.due.picture_s) == (tmp_path / "in", "move", 5.0)
    assert stat.S_IMODE((store.home.root / "watch.toml").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("file", "table", "said"),
    [
        (SiteFile.FOLDERS, {"folder": [{"path": "a", "picture_s": "soon"}]}, "picture_s"),
        (SiteFile.FOLDERS, {"folder": [{"model": "nuclei"}]}, "no path"),
        (SiteFile.FOLDERS, {"folder": [{"path": "a"}, {"path": "a/b"}]}, "lie in one another"),
        (SiteFile.RECEIVER, {"port": 99999}, "port"),
        (SiteFile.RECEIVER, {"colour": "red"}, "colour"),
        (SiteFile.SECOND, {"boards": {"by": "guess"}}, "'guess'"),
        (SiteFile.SECOND, {"Two boards": {"by": "flips"}}, "no id of a model"),
        (SiteFile.GENERAL, {"retention": {"pixels_days": 0}}, "pixels_days"),
        (SiteFile.GENERAL, {"retain": {}}, "retain"),
    ],
)
def test_setting_that_cannot_be_is_named_and_nothing_is_written(store, file, table, said):
    with pytest.raises(UsageError, match=said):
        keep_site(store, single_operator(), file, table)
    assert not (store.home.root / file.value).exists()


def test_second_opinions_are_written_as_they_are_asked_for(store):
    keep_site(store, single_operator(), SiteFile.SECOND, {"boards": {"by": "model", "model": "boards-b"}})
    rule = rule_for(store.home, "boards")
    assert rule is not None
    assert (rule.by, rule.model) == ("model", "boards-b")


def test_role_decides_who_may_change_them(store):
    with pytest.raises(UsageError) as refusal:
        keep_site(store, Session(Operator("rita", Role.READER)), SiteFile.GENERAL, {})
    assert refusal.value.code == "US-ROLE"
    keep_site(
        store, Session(Operator("anna", Role.ADMINISTRATOR)), SiteFile.GENERAL, {"retention": {"pixels_days": 30}}
    )
    assert read_settings(store.home).retention.pixels_days == 30


def test_change_stands_in_the_log_once_under_the_name_of_who_made_it(store):
    anna = Session(Operator("anna", Role.ADMINISTRATOR))
    keep_site(store, anna, SiteFile.GENERAL, {"retention": {"thumbnails_days": 7}})
    keep_site(store, anna, SiteFile.RECEIVER, {"port": 11113})
    with running(store, "desktop"):
        pass
    changes = [entry for entry in newest(store, 50) if entry.action == "settings.changed"]
    assert [(entry.actor, entry.subject) for entry in changes] == [("anna", "listen.toml"), ("anna", "settings.toml")]
    digests = {json.loads(entry.detail)["digest"] for entry in changes}
    assert digests == {read_settings(store.home).digest}


def test_file_that_is_no_toml_says_so(store):
    (store.home.root / "watch.toml").write_text("path = ")
    with pytest.raises(UsageError, match="cannot be read"):
        read_site(store.home, SiteFile.FOLDERS)


def test_sound_settings_pass_the_check_and_write_nothing(store):
    check_site(store.home, SiteFile.RECEIVER, {"title": "FOVEA", "port": 11112, "picture_s": 3})
    assert not (store.home.root / "listen.toml").exists()
