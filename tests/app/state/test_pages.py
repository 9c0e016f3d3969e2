"""Which page is looked at."""

from app.state.pages import Page, Pages


def test_change_is_told_after_it_was_made():
    pages = Pages(Page.READING)
    told = []
    pages.changed.listen(lambda page: told.append((page, pages.shown)))
    pages.show(Page.AUDIT)
    assert told == [(Page.AUDIT, Page.AUDIT)]


def test_page_that_is_shown_already_is_no_change():
    pages = Pages(Page.READING)
    told = []
    pages.changed.listen(told.append)
    pages.show(Page.READING)
    assert told == []
