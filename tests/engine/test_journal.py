import logging
import os

from engine.journal import journal_file, keep_journal
from engine.places import Home


def test_what_is_logged_stands_in_the_homes_file_and_not_on_the_screen(tmp_path, capsys):
    home = Home(tmp_path / "home")
    keep_journal(home)
    logging.getLogger("engine.pipeline").error("it broke")
    assert "engine.pipeline: it broke" in journal_file(home).read_text()
    assert capsys.readouterr() == ("", "")


def test_a_home_that_cannot_be_made_costs_the_log_and_nothing_else(tmp_path):
    (tmp_path / "file").write_text("in the way")
    keep_journal(Home(tmp_path / "file" / "home"))
    logging.getLogger("engine").error("nobody hears this")


def test_log_files_are_readable_by_their_owner_only_after_a_rotation_too(home, monkeypatch):
    monkeypatch.setattr("engine.journal._FILE_BYTES", 200)
    before = os.umask(0)
    try:
        keep_journal(home)
        for number in range(20):
            logging.getLogger("engine.anything").warning("The %d. sentence of a log that is rotated", number)
    finally:
        os.umask(before)
    files = list(home.logs.iterdir())
    assert len(files) > 2
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
