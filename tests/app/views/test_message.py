"""What is said about a study beside its regions."""

import pytest
from PySide6.QtGui import QGuiApplication

from app.state.session import StudyRow, Trouble
from app.state.status import Stage
from app.views.message import Banner, MessagePage, message_of
from engine.domain.outcome import Outcome, Status

REFUSED = Outcome("a", Status.REFUSED, code="IN-EMPTY", reason="a.png is empty. Copy it.", program_version="0.1.0")


def row(outcome=None, trouble=None):
    return StudyRow("/data/a.png", Stage.DONE if outcome else Stage.STOPPED, outcome, None, trouble)


def test_full_answer_needs_no_message():
    assert message_of(row(Outcome("a", Status.ANSWERED, flagged=False, coverage=1.0))) is None


def test_refusal_gives_code_sentence_and_details():
    message = message_of(row(REFUSED))
    assert (message.code, message.sentence) == ("IN-EMPTY", "a.png is empty. Copy it.")
    assert message.details.splitlines() == [
        "/data/a.png",
        "refused",
        "IN-EMPTY",
        "a.png is empty. Copy it.",
        "Fovea 0.1.0",
    ]


def test_trouble_gives_its_next_step():
    message = message_of(row(trouble=Trouble("ST-HOME", "The home is gone.", "Make it again.")))
    assert (message.sign.word, message.next_step) == ("not answered", "Make it again.")


def test_page_shows_and_copies_what_it_was_told(qtbot, dressed):
    page = MessagePage()
    qtbot.addWidget(page)
    page.show_message("a.png", message_of(row(REFUSED)))
    page.copy_button.click()
    assert "IN-EMPTY" in QGuiApplication.clipboard().text()


def test_banner_is_hidden_while_there_is_nothing_to_say(qtbot, dressed):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_message(message_of(row(REFUSED)))
    assert not banner.isHidden()
    banner.show_message(None)
    assert banner.isHidden()


@pytest.mark.parametrize("status", [Status.INCOMPLETE, Status.OUT_OF_DOMAIN, Status.FAILED])
def test_what_was_flagged_stands_in_the_title_of_every_message(status):
    outcome = Outcome("a", status, flagged=True, code="X-Y", reason="It ended early.")
    assert "flagged" in message_of(row(outcome)).sign.word
