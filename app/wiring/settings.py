"""The settings page: what is this person's own holds at once, what is the site's is checked, saved and logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject

from app.state.pages import Page
from app.state.session import Trouble
from app.state.site_fields import PRIVACY, RECEIVER
from app.text import tr
from app.views.settings_folders import FoldersSection
from app.views.settings_form import Section, SettingsForm
from app.views.settings_keys import KeysSection
from app.views.settings_operators import OperatorsSection
from app.views.settings_page import SettingsPage
from app.views.settings_second import SecondSection
from app.views.settings_window import AppearanceSection, HabitsSection
from app.wiring.parts import Does, Parts
from engine.domain.operator import Action, Operator, Role
from engine.errors import FoveaError

if TYPE_CHECKING:
    from engine.operators.session import Session
    from engine.store.database import Store

File = Literal["GENERAL", "FOLDERS", "RECEIVER", "SECOND"]


class SettingsWiring(QObject):
    """Joins the sections to the preferences and to the files of the site.

    Args:
        parts: of the desktop.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._page: SettingsPage | None = None
        self._touched: set[File] = set()
        parts.window.pages.offer(Page.SETTINGS, self._make)
        parts.pages.changed.listen(lambda page: self.read() if page is Page.SETTINGS else None)

    def does(self) -> Does:
        """This page has no commands."""
        return {}

    def read(self) -> None:
        """Reads the files of the site and the operators."""
        if self._page is not None:
            self._page.show_trouble(None)
            self._parts.lookups.ask(_site, on_done=self._show, on_failed=self._failed, parent=self)

    def _make(self) -> SettingsPage:
        page = self._page = SettingsPage()
        preferred = self._parts.preferred
        self._folders = FoldersSection()
        self._receiver, self._receiver_form = _form_section(
            tr("Receiver"),
            tr("What scanners send is taken by `fovea listen`, which reads this at its next start."),
            SettingsForm(RECEIVER),
        )
        self._privacy, self._privacy_form = _form_section(
            tr("Privacy"),
            tr("Answers, reviews and the log are kept for ever; what is no record may be removed after some days."),
            SettingsForm(PRIVACY),
        )
        self._second = SecondSection()
        self._operators = OperatorsSection()
        self._operators.setEnabled(False)
        for title, section in (
            (tr("Appearance"), AppearanceSection(preferred)),
            (tr("Reading"), HabitsSection(preferred)),
            (tr("Keys"), KeysSection(preferred)),
            (tr("Watched folders"), self._folders),
            (tr("Receiver"), self._receiver),
            (tr("Second opinions"), self._second),
            (tr("Privacy"), self._privacy),
            (tr("Operators"), self._operators),
        ):
            page.add(title, section)
        self._join(self._folders, self._folders.changed, "FOLDERS", self._folders.table)
        self._join(self._receiver, self._receiver_form.changed, "RECEIVER", self._receiver_form.table)
        self._join(self._second, self._second.changed, "SECOND", self._second.table)
        self._join(self._privacy, self._privacy_form.changed, "GENERAL", self._retention)
        self._operators.add_asked.connect(self._add_operator)
        self._operators.disable_asked.connect(self._disable_operator)
        self._operators.password_asked.connect(self._change_password)
        return page

    def _show(self, site: tuple[dict[str, dict[str, Any]], tuple[Operator, ...]]) -> None:
        tables, operators = site
        shows: tuple[tuple[File, Section, Callable[[], None]], ...] = (
            ("FOLDERS", self._folders, lambda: self._folders.show_table(tables["FOLDERS"])),
            ("RECEIVER", self._receiver, lambda: self._receiver_form.show_table(tables["RECEIVER"])),
            ("SECOND", self._second, lambda: self._second.show_table(tables["SECOND"])),
            ("GENERAL", self._privacy, lambda: self._privacy_form.show_table(tables["GENERAL"].get("retention", {}))),
        )
        for file, section, show in shows:
            section.setEnabled(True)
            if file not in self._touched:  # what was typed and not saved yet stays
                show()
        self._operators.setEnabled(True)
        self._operators.show_operators(operators)

    def _retention(self) -> dict[str, Any]:
        table = self._privacy_form.table()
        return {"retention": table} if table else {}

    def _join(self, section: Section, changed: Any, file: File, table: Callable[[], dict[str, Any]]) -> None:
        """Has a section checked as it is typed into, and saved when the person says so."""

        section.setEnabled(False)  # until it is known what is stored

        def check() -> None:
            typed = table()
            self._touched.add(file)
            self._parts.lookups.ask(
                lambda store: _wrong(store, file, typed),
                on_done=lambda wrong: section.show_check(wrong, may_save=self._parts.who.may(Action.CHANGE_SETTINGS)),
                on_failed=self._failed,
                parent=self,
            )

        def save() -> None:
            typed = table()
            self._write(lambda store, session: _keep(store, session, file, typed), saved)

        def saved() -> None:
            self._touched.discard(file)
            section.save_button.setEnabled(False)

        changed.connect(check)
        section.save_asked.connect(save)

    def _add_operator(self, name: str, role: Role, secret: str) -> None:
        self._write(
            lambda store, session: _operators().add(store, session, name, role, secret), self._operators_changed
        )

    def _disable_operator(self, name: str) -> None:
        self._write(lambda store, session: _operators().disable(store, session, name), self._operators_changed)

    def _change_password(self, name: str, secret: str) -> None:
        self._write(
            lambda store, session: _operators().change_password(store, session, name, secret), self._operators_changed
        )

    def _operators_changed(self) -> None:
        self.read()
        self._parts.who.changed.announce(self._parts.who.session)

    def _write(self, work: Callable[[Store, Session], object], done: Callable[[], None]) -> None:
        try:
            session = self._parts.who.require()
        except FoveaError as error:
            self._failed(error)
            return
        self._parts.records.ask(
            lambda store: work(store, session),
            on_done=lambda _: self._written(done),
            on_failed=self._failed,
            parent=self,
        )

    def _written(self, done: Callable[[], None]) -> None:
        if self._page is not None:
            self._page.show_trouble(None)
        done()

    def _failed(self, error: FoveaError) -> None:
        if self._page is not None:
            self._page.show_trouble(Trouble.of(error))


def _form_section(title: str, words: str, form: SettingsForm) -> tuple[Section, SettingsForm]:
    section = Section(title, words, saves=True)
    section.body.addWidget(form)
    return section, form


def _site(store: Store) -> tuple[dict[str, dict[str, Any]], tuple[Operator, ...]]:
    from engine.site_settings import SiteFile, read_site  # noqa: PLC0415 -- start-up time: the window is shown first

    tables = {file.name: read_site(store.home, file) for file in SiteFile}
    return tables, _operators().listed(store)


def _wrong(store: Store, file: File, table: dict[str, Any]) -> Trouble | None:
    """What is wrong with settings as they are typed, with the next step; None: nothing."""
    from engine.site_settings import SiteFile, check_site  # noqa: PLC0415 -- start-up time: the window is shown first

    try:
        check_site(store.home, SiteFile[file], table)
    except FoveaError as error:
        return Trouble.of(error)
    return None


def _keep(store: Store, session: Session, file: File, table: dict[str, Any]) -> None:
    from engine.site_settings import SiteFile, keep_site  # noqa: PLC0415 -- start-up time: the window is shown first

    keep_site(store, session, SiteFile[file], table)


def _operators() -> Any:
    from engine.store import operators  # noqa: PLC0415 -- start-up time: the window is shown first

    return operators
