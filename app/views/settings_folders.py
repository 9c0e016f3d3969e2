"""The section of watched folders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.state.site_fields import FOLDER
from app.text import tr
from app.views.settings_list import ListSection


class FoldersSection(ListSection):
    """Edits the tables of `watch.toml`; what stands above them in the file stays there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Watched folders"),
            tr("What comes into these folders is answered by `fovea watch`, which reads this at its next start."),
            FOLDER,
            add=tr("Add a folder"),
            remove=tr("Remove this folder"),
            parent=parent,
        )
        self._shared: dict[str, Any] = {}

    def show_table(self, table: Mapping[str, Any]) -> None:
        """Shows what is stored."""
        self._shared = {name: value for name, value in table.items() if name != "folder"}
        self.show_tables(table.get("folder", []))

    def table(self) -> dict[str, Any]:
        """What the section comes to."""
        return self._shared | ({"folder": self.tables} if self.tables else {})

    def line_of(self, table: Mapping[str, Any]) -> str:
        """Its path."""
        return str(table.get("path", "")) or tr("(no folder yet)")
