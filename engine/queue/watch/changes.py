"""What is said to have changed in the watched folders: paths to look at again."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Changes:
    """Hints, and never the truth: each path is looked at again.

    Args:
        files: files that came, changed or went.
        opened: those of them that were made and not closed since.
        folders: folders that came, went, or have to be listed anew.
        everything: more changed than could be told.
    """

    files: set[Path] = field(default_factory=set)
    opened: set[Path] = field(default_factory=set)
    folders: set[Path] = field(default_factory=set)
    everything: bool = False

    def below(self, root: Path) -> Changes:
        """Those of one watched folder; all of it where it went or came itself, which its parent is told for."""
        return Changes(
            {path for path in self.files if path.is_relative_to(root)},
            self.opened,
            {path for path in self.folders if path.is_relative_to(root)},
            self.everything or root.parent in self.folders,
        )
