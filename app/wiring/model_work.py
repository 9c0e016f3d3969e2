"""What takes minutes with a model: a package that is imported, a version that the gate measures. One at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.jobs import changing_models as changing
from app.jobs.changing_models import GateProgress, Judged, Means
from app.jobs.installed import Installed
from app.jobs.records import Records
from app.jobs.run import Job
from app.state.session import Trouble
from app.text import tr
from app.views.ask import ask_package
from app.views.models_page import ModelsPage
from app.views.reason_dialog import ReasonDialog
from app.wiring.model_changes import ModelChanges
from app.wiring.parts import Parts
from engine.errors import FoveaError

if TYPE_CHECKING:
    from engine.operators.session import Session
    from engine.registry.install import Imported


class ModelWork(QObject):
    """Does the long work that the page asks for.

    Args:
        parts: of the desktop.
        packages: the database, in a lane of its own.
        page: what asks, and shows how far it has come.
        changes: knows who works here, and asks for reasons.
        on_changed: has the shelf read again; gets the hash of the version to be looked at, or an empty one.
    """

    def __init__(
        self,
        parts: Parts,
        packages: Records,
        page: ModelsPage,
        changes: ModelChanges,
        on_changed: Callable[[str], None],
    ) -> None:
        super().__init__(changes)
        self._parts, self._packages, self._page = parts, packages, page
        self._changes, self._on_changed = changes, on_changed
        self._job: Job[Any] | None = None
        page.import_asked.connect(self._ask_package)
        page.importing.unsigned_asked.connect(self._ask_unsigned)
        page.pane.activate_asked.connect(self._activate)
        page.work.cancelled.connect(self.cancel)

    def cancel(self) -> None:
        """Ends what goes on, at its next step."""
        if self._job is not None:
            self._job.cancel()

    def bring_in(self, path: Path, because: str = "") -> None:
        """Imports a package, unless something else goes on.

        Args:
            path: a folder or a zip.
            because: why it is let in although nobody signed it.
        """
        session = self._session()
        if session is None:
            return
        page, means = self._page, self._means
        page.importing.begin(path)
        page.show_work(tr("Importing %1...").replace("%1", path.name))
        self._job = self._packages.ask_at_length(
            lambda store, task: changing.bring_in(store, session, path, because, means, task),
            on_done=self._imported,
            on_failed=self._not_imported,
            on_progress=page.importing.add,  # type: ignore[arg-type]  # what it reports are steps
            parent=self,
        )

    def _ask_package(self) -> None:
        path = ask_package(self._parts.window)
        if path is not None:
            self.bring_in(path)

    def _ask_unsigned(self, path: Path) -> None:
        def let_in(dialog: ReasonDialog, reason: str) -> None:
            dialog.accept()
            self.bring_in(path, reason)

        words = tr("Nobody signed %1, so nothing shows who made it. Each of its answers will carry a doubt.")
        self._changes.ask_reason(
            tr("Let an unsigned package in"),
            words.replace("%1", path.name),
            tr("Let it in"),
            let_in,
        )

    def _imported(self, imported: Imported) -> None:
        self._end()
        self._page.importing.finish(imported.record.model)
        self._on_changed(imported.record.model_hash)

    def _not_imported(self, error: FoveaError) -> None:
        self._end()
        if error.code == "BU-CANCELLED":
            self._page.importing.hide()
        else:
            self._page.importing.refuse(Trouble.of(error))

    def _activate(self, each: Installed) -> None:
        """Has the gate measure a version, which answers from then on if it passes."""
        session = self._session()
        if session is None or each.card is None:
            return
        page, model_hash, means = self._page, each.card.hash, self._means
        words = tr("The gate measures %1").replace("%1", each.name)
        page.show_work(words)

        def tell(progress: object) -> None:
            if isinstance(progress, GateProgress):
                counted = f"{words}: {progress.done} / {progress.of}"
                page.show_work(counted, progress.done, progress.of, progress.left_s)

        self._job = self._packages.ask_at_length(
            lambda store, task: changing.ask_gate(store, session, model_hash, means, task),
            on_done=self._gate_said,
            on_failed=self._not_measured,
            on_progress=tell,
            parent=self,
        )

    def _gate_said(self, judged: Judged) -> None:
        self._end()
        self._page.show_trouble(judged.refused)
        self._page.show_judged(judged)
        self._on_changed("")

    def _not_measured(self, error: FoveaError) -> None:
        self._end()
        if error.code != "BU-CANCELLED":
            self._page.show_trouble(Trouble.of(error))

    def _end(self) -> None:
        self._job = None
        self._page.show_work("")

    def _session(self) -> Session | None:
        """Who may begin something now: nobody while something else goes on."""
        return self._changes.session() if self._job is None else None

    @property
    def _means(self) -> Means:
        return Means(self._parts.room.backend, self._parts.room.threads)
