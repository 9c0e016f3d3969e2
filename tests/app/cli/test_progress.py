import pytest

from app.cli.progress import Progress, left_text
from engine.errors import Cancelled
from tests.engine.hand_clock import HandClock


def let_go_on(_done, _of):
    """Nobody pressed Ctrl+C."""


@pytest.mark.parametrize(("left_s", "said"), [(0.4, "0 s left"), (59.6, "1 min 00 s left"), (3725, "62 min 05 s left")])
def test_a_time_is_told_in_minutes_and_seconds(left_s, said):
    assert left_text(left_s) == said


def test_each_image_tells_how_many_are_done_and_how_long_the_others_take(capsys):
    clock = HandClock()
    tell = Progress(let_go_on, clock)
    tell(1, 3)
    clock.pass_s(90.0)
    tell(2, 3)
    first, second = capsys.readouterr().err.split("\r")[1:]
    assert first.strip() == "1 of 3 images (Ctrl+C keeps nothing)"
    assert second.strip() == "2 of 3 images, about 1 min 30 s left (Ctrl+C keeps nothing)"
    assert len(first) == len(second)


def test_what_is_not_wanted_any_more_is_told_and_ended(capsys):
    def stop(done, of):
        raise Cancelled("BU-CANCELLED", f"Stopped after {done} of {of} images.", "Begin anew when ready.")

    with pytest.raises(Cancelled):
        Progress(stop, HandClock())(2, 9)
    assert "2 of 9 images" in capsys.readouterr().err
