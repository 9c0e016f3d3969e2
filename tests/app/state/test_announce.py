"""Listeners of plain state."""

from app.state.announce import Announcer


def test_listeners_are_told_in_their_order():
    told = []
    announcer = Announcer()
    announcer.listen(lambda value: told.append(("first", value)))
    announcer.listen(lambda value: told.append(("second", value)))
    announcer.announce(7)
    assert told == [("first", 7), ("second", 7)]
