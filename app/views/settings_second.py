"""The section of second opinions: the models whose answers get one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.state.site_fields import OPINION, OPINION_OF, OPINIONS
from app.text import tr
from app.views.settings_list import ListSection

ID = "id"
"""What the form calls the name of a table in the file."""


class SecondSection(ListSection):
    """Edits the tables of `second.toml`, one a model."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Second opinions"),
            tr("Whose answer is wanted beside that of a model. A change holds from the next study on."),
            OPINION,
            add=tr("Add a model"),
            remove=tr("Remove this model"),
            parent=parent,
        )

    def show_table(self, table: Mapping[str, Any]) -> None:
        """Shows what is stored."""
        self.show_tables([{ID: name, **one} for name, one in table.items() if isinstance(one, Mapping)])

    def table(self) -> dict[str, Any]:
        """What the section comes to; a model that stands there again gets a name that the check refuses."""
        found: dict[str, Any] = {}
        for each in self.tables:
            name, times = str(each.get(ID, "")), 2
            while name in found:
                name, times = f"{each.get(ID, '')} ({times})", times + 1
            found[name] = {key: value for key, value in each.items() if key != ID}
        return found

    def line_of(self, table: Mapping[str, Any]) -> str:
        """`surface-pitting: the same model, in a mirror`."""
        words = dict(OPINIONS).get(str(table.get("by", "")), "")
        name = str(table.get(ID, "")) or tr("(no model yet)")
        return f"{name}: {tr(words)}" if words else name

    def new_table(self) -> dict[str, Any]:
        """One by the first kind of opinion."""
        return {ID: "", "by": OPINIONS[0][0]}

    def fit_form(self, table: Mapping[str, Any]) -> None:
        """Only what the kind of opinion can say; the rest would be refused."""
        self.form.show_only({ID, "by", *OPINION_OF.get(str(table.get("by", "")), ())})
