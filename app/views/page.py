"""What the pages beside the reading page have in common: a title, tools, an error where there is one, the content."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.paint.icons import icon
from app.state.session import Trouble
from app.text import tr
from app.views.message import Banner, message_of_trouble
from app.views.styled import ElidedLabel, frame, label
from app.views.theme import colours


class PageFrame(QWidget):
    """A page with its head; what it shows is put into `body`.

    Args:
        title: at the top left.
        icon_name: shown large where there is nothing to show.
        parent: of this widget.
    """

    def __init__(self, title: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panes: tuple[QWidget, ...] = ()
        self.trouble = Banner()
        self._title = label(title, "title", size=1.2)
        self._words = ElidedLabel("quiet")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        self._icon_name = icon_name
        self._empty: _Empty | None = None
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.trouble)
        layout.addLayout(self._stack, 1)

    def say(self, words: str) -> None:
        """What stands beside the title."""
        self._words.setText(words)
        self._words.setToolTip(words)

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Says what could not be done; None: all is well."""
        self.trouble.show_message(None if trouble is None else message_of_trouble(trouble))

    def show_empty(self, title: str, words: str, button: str = "", do: Callable[[], None] | None = None) -> None:
        """Says what to do, in the place of the content."""
        if self._empty is None:  # only now, so that Tab comes to its button after the tools above it
            self._empty = _Empty(self._icon_name)
            self._stack.addWidget(self._empty)
        self._empty.show_words(title, words, button, do)
        self._stack.setCurrentWidget(self._empty)

    def show_content(self) -> None:
        """Shows the content again."""
        self._stack.setCurrentWidget(self._content)

    @property
    def is_reading(self) -> bool:
        """Whether it still waits for what it shows."""
        return self._words.text() == reading_words()

    @property
    def is_empty(self) -> bool:
        """Whether it says what to do instead of showing anything."""
        return self._stack.currentWidget() is not self._content

    def _head(self) -> QWidget:
        head = frame("header")
        row = QHBoxLayout(head)
        row.setContentsMargins(18, 10, 14, 10)
        row.setSpacing(14)
        row.addWidget(self._title)
        row.addWidget(self._words, 1)
        row.addLayout(self.tools)
        return head


class _Empty(QWidget):
    """An emblem, a sentence, and the one thing to do."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._emblem = QLabel()
        self._title = label(look="welcomeTitle", size=1.5)
        self._words = label(look="quiet", wraps=True)
        self._button = QPushButton()
        self._button.setProperty("main", True)
        self._button.clicked.connect(self._act)
        self._do: Callable[[], None] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(60, 0, 60, 0)
        layout.setSpacing(14)
        layout.addStretch(3)
        for shown in (self._emblem, self._title, self._words):
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(shown)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(4)

    def show_words(self, title: str, words: str, button: str, do: Callable[[], None] | None) -> None:
        self._emblem.setPixmap(icon(self._icon_name, colours().accent).pixmap(56, 56))
        self._title.setText(title)
        self._words.setText(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._do = do

    def _act(self) -> None:
        if self._do is not None:
            self._do()


def tool(text: str, do: Callable[[], object], *, tip: str = "", main: bool = False) -> QPushButton:
    """A button among the tools of a page."""
    button = QPushButton(text)
    button.setProperty("main", main)
    button.setToolTip(tip)
    button.clicked.connect(lambda: do())  # noqa: PLW0108 -- drops what Qt passes
    return button


def reading_words() -> str:
    """What a page says while it is being read for the first time."""
    return tr("Reading...")


class SearchLine(QLineEdit):
    """A line to search with, wide enough for the words in it where the window is.

    Args:
        words: what can be searched, and its name as it is read out.
        parent: of this widget.
    """

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(180)

    def sizeHint(self) -> QSize:  # noqa: N802 -- Qt's name
        found = super().sizeHint()
        return QSize(max(180, self.fontMetrics().horizontalAdvance(self.placeholderText()) + 44), found.height())
