"""The models page: the shelf as it is now, packages brought in, and which version answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from app.jobs import changing_models as changing
from app.jobs.changing_models import GateProgress, Judged, Means
from app.jobs.installed import Installed, read_installed, verified
from app.jobs.records import Records
from app.jobs.run import Job
from app.model_place import Place
from app.state.pages import Page
from app.state.session import Trouble
from app.text import tr
from app.views.ask import ask_package
from app.views.models_page import ModelsPage
from app.views.reason_dialog import ReasonDialog
from app.wiring.parts import Does, Parts
from engine.errors import FoveaError

if TYPE_CHECKING:
    from engine.operators.session import Session
    from engine.registry.install import Imported
    from engine.store.database import Store

WATCHED_MS = 2000
"""How often it is asked whether anybody changed something, while the page is looked at."""

MANIFEST = "manifest.toml"


class ModelsWiring(QObject):
    """Joins the page to the shelf and to the record of its changes.

    Args:
        parts: of the desktop.
        packages: the database, in a lane of its own: an import or a gate takes minutes.
        parent: with its end nothing is called back any more.
    """

    def __init__(self, parts: Parts, packages: Records, parent: QObject) -> None:
        super().__init__(parent)
        self._parts, self._packages = parts, packages
        self._page: ModelsPage | None = None
        self._job: Job[Any] | None = None
        self._reading = self._again = False
        self._choose = ""
        self._watch = QTimer(self)
        self._watch.setInterval(WATCHED_MS)
        self._watch.timeout.connect(lambda: parts.lookups.ask_if_changed(on_changed=self.read, parent=self))
        parts.window.closed.connect(self._watch.stop)
        parts.window.paths_dropped.connect(self._dropped)
        parts.window.pages.offer(Page.MODELS, self._make)
        parts.pages.changed.listen(self._turned_to)

    def does(self) -> Does:
        """This page has no commands."""
        return {}

    def read(self, choose: str = "") -> None:
        """Reads the shelf, while it is being read once more afterwards; the version of a given hash is looked at."""
        self._choose = choose or self._choose
        if self._reading or self._page is None:
            self._again = self._reading
            return
        self._reading = True
        self._parts.lookups.ask(read_installed, on_done=self._show, on_failed=self._not_read, parent=self)

    def cancel(self) -> None:
        """Ends the import or the gate that goes on, at its next step."""
        if self._job is not None:
            self._job.cancel()

    def _make(self) -> ModelsPage:
        page = self._page = ModelsPage()
        page.verify_asked.connect(self._verify)
        page.import_asked.connect(self._ask_package)
        page.work.cancelled.connect(self.cancel)
        page.importing.unsigned_asked.connect(self._ask_unsigned)
        pane = page.pane
        pane.activate_asked.connect(self._activate)
        pane.override_asked.connect(self._ask_override)
        pane.shadow_asked.connect(self._shadow)
        pane.roll_back_asked.connect(self._ask_roll_back)
        return page

    def _turned_to(self, page: Page) -> None:
        if page is Page.MODELS:
            self._watch.start()
            self.read()
        else:
            self._watch.stop()

    def _show(self, installed: Sequence[Installed]) -> None:
        if self._page is not None:
            self._page.show_installed(installed, self._choose)
        if not self._again:  # otherwise what was read may be older than the version that is to be looked at
            self._choose = ""
        self._end_reading()

    def _not_read(self, error: FoveaError) -> None:
        self._failed(error)
        self._end_reading()

    def _end_reading(self) -> None:
        again, self._reading, self._again = self._again, False, False
        if again:
            self.read()

    def _verify(self, path: Path) -> None:
        page = self._page
        if page is None:
            return
        page.show_trouble(None)
        page.show_verifying()
        self._parts.lookups.ask(
            lambda store: verified(store.home, path),
            on_done=page.show_verified,
            on_failed=self._failed,
            parent=self,
        )

    def _ask_package(self) -> None:
        path = ask_package(self._parts.window)
        if path is not None:
            self._import(path)

    def _dropped(self, paths: Sequence[Path]) -> None:
        """What is dropped on this page is a package."""
        if self._parts.pages.shown is Page.MODELS and self._job is None:
            first = paths[0]
            self._import(first.parent if first.name == MANIFEST else first)

    def _import(self, path: Path, because: str = "") -> None:
        page, session = self._page, self._session()
        if page is None or session is None or self._job is not None:
            return
        page.importing.begin(path)
        page.show_work(tr("Importing %1...").replace("%1", path.name))
        means = self._means
        self._job = self._packages.ask_at_length(
            lambda store, task: changing.bring_in(store, session, path, because, means, task),
            on_done=self._imported,
            on_failed=self._not_imported,
            on_progress=page.importing.add,  # type: ignore[arg-type]  # what it reports are steps
            parent=self,
        )

    def _imported(self, imported: Imported) -> None:
        page = self._end_work()
        page.importing.finish(imported.record.model)
        self.read(imported.record.model_hash)

    def _not_imported(self, error: FoveaError) -> None:
        page = self._end_work()
        if error.code == "BU-CANCELLED":
            page.importing.hide()
        else:
            page.importing.refuse(Trouble.of(error))

    def _ask_unsigned(self, path: Path) -> None:
        def let_in(dialog: ReasonDialog, reason: str) -> None:
            dialog.accept()
            self._import(path, reason)

        words = tr("Nobody signed %1, so nothing shows who made it. Each of its answers will carry a doubt.")
        self._ask_reason(
            tr("Let an unsigned package in"),
            words.replace("%1", path.name),
            tr("Let it in"),
            let_in,
        )

    def _activate(self, each: Installed) -> None:
        page, session = self._page, self._session()
        if page is None or session is None or each.card is None or self._job is not None:
            return
        model_hash, means = each.card.hash, self._means
        words = tr("The gate measures %1").replace("%1", each.name)
        page.show_work(words)

        def tell(progress: object) -> None:
            if isinstance(progress, GateProgress):
                page.show_work(f"{words}: {progress.done} / {progress.of}", progress.done, progress.of)

        self._job = self._packages.ask_at_length(
            lambda store, task: changing.ask_gate(store, session, model_hash, means, task),
            on_done=self._gate_said,
            on_failed=self._work_failed,
            on_progress=tell,
            parent=self,
        )

    def _gate_said(self, judged: Judged) -> None:
        page = self._end_work()
        page.show_trouble(judged.refused)
        page.show_judged(judged)
        self.read()

    def _ask_override(self, judged: Judged) -> None:
        words = tr("The gate refuses %1. An administrator's reason makes it answer all the same, and stays visible.")
        self._ask_reason(
            tr("Override the gate"),
            words.replace("%1", judged.name),
            tr("Activate it"),
            lambda dialog, reason: self._change(
                lambda store, session: changing.override_gate(store, session, judged, reason), dialog, judged.model_hash
            ),
        )

    def _shadow(self, each: Installed) -> None:
        card = each.card
        if card is None:
            return
        if each.place is Place.SHADOW:
            self._change(lambda store, session: changing.end_shadow(store, session, card.id))
        else:
            self._change(lambda store, session: changing.begin_shadow(store, session, card.hash))

    def _ask_roll_back(self, each: Installed) -> None:
        card = each.card
        if card is None:
            return
        words = tr("%1 answers again from the next study on, instead of %2.")
        self._ask_reason(
            tr("Roll back %1").replace("%1", card.id),
            words.replace("%1", each.back_to).replace("%2", each.answering),
            tr("Roll back"),
            lambda dialog, reason: self._change(
                lambda store, session: changing.take_back(store, session, card.id, reason), dialog
            ),
        )

    def _ask_reason(self, title: str, words: str, button: str, do: Callable[[ReasonDialog, str], object]) -> None:
        dialog = ReasonDialog(self._parts.window, title, words, button)
        dialog.asked.connect(lambda reason: do(dialog, reason))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _change(
        self, work: Callable[[Store, Session], object], dialog: ReasonDialog | None = None, judged: str = ""
    ) -> None:
        """A change that is made at once, whatever long work goes on."""
        session = self._session()
        if session is None:
            return

        def done(_: object) -> None:
            if dialog is not None:
                dialog.accept()
            if self._page is not None:
                self._page.show_trouble(None)
                self._page.forget_judged(judged)
            self.read()

        def failed(error: FoveaError) -> None:
            if dialog is not None:
                dialog.refuse(Trouble.of(error))
            else:
                self._failed(error)

        self._parts.records.ask(lambda store: work(store, session), on_done=done, on_failed=failed, parent=self)

    @property
    def _means(self) -> Means:
        return Means(self._parts.room.backend, self._parts.room.threads)

    def _session(self) -> Session | None:
        """Who works here; where nobody does, the page says so."""
        if self._page is not None:
            self._page.show_trouble(None)
        try:
            return self._parts.who.require()
        except FoveaError as error:
            self._failed(error)
            return None

    def _end_work(self) -> ModelsPage:
        self._job = None
        page = self._page
        assert page is not None  # noqa: S101  # it began the work
        page.show_work("")
        return page

    def _work_failed(self, error: FoveaError) -> None:
        self._end_work()
        if error.code != "BU-CANCELLED":
            self._failed(error)

    def _failed(self, error: FoveaError) -> None:
        if self._page is not None:
            self._page.verify_button.setEnabled(True)
            self._page.show_trouble(Trouble.of(error))
