"""What whole files make together: a picture by itself, a header with its voxel file, the slices of a series."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.errors import InputError, StoreError
from engine.intake.archive import ZIP_MAGICS
from engine.intake.detached import data_file_of
from engine.intake.dicom.slice_header import SliceHeader, slice_header
from engine.intake.entry import Entry
from engine.intake.find import Found, find_among
from engine.intake.forms import HEAD_BYTES, form_of, has_image_suffix, is_text
from engine.intake.limits import NO_OTHER_LIMITS
from engine.intake.peek import head_of
from engine.intake.text import printable, shortened
from engine.queue.watch.followed import Followed
from engine.queue.watch.rule import FolderRule
from engine.queue.watch.series import Series

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is taken together.

    Args:
        founds: each study, of a zip archive several.
        files: the files that came; those of a header and its voxels are two.
        earlier: files of the same series that were taken before.
    """

    founds: tuple[Found, ...]
    files: tuple[Followed, ...]
    earlier: tuple[Path, ...] = ()

    @property
    def first_seen_at(self) -> datetime:
        return min(followed.first_seen_at for followed in self.files)


class Gathering:
    """The whole files of one folder that were not taken yet.

    Args:
        rule: of the folder.
        earlier: gives the files of a series that were taken before and are still there.
    """

    def __init__(self, rule: FolderRule, earlier: Callable[[str], Iterable[Path]]) -> None:
        self._rule = rule
        self._earlier = earlier
        self._single: dict[Path, Followed] = {}
        self._headers: dict[Path, tuple[Followed, Path]] = {}
        self._unclaimed: dict[Path, Followed] = {}
        self._series: dict[str, Series] = {}

    def add(self, followed: Followed, now_s: float) -> None:
        """Takes in a whole file, by what it begins with.

        Raises:
            StoreError: the earlier slices of its series cannot be asked for; it is still to be taken in.
        """
        entry = Entry(followed.path)
        voxels, says_nothing = None, False
        try:
            followed.header = slice_header(entry, NO_OTHER_LIMITS)
            if followed.header is None:
                voxels = data_file_of(entry)
                says_nothing = voxels is None and _says_nothing(entry)
        except FileNotFoundError:
            followed.whole = False  # whoever follows it finds that it is gone, or what came in its place
            return
        except OSError:
            says_nothing = True
        except Exception:  # noqa: BLE001  # what is wrong with it is said once it is offered
            _log.debug("A file could not be looked into", exc_info=True)
        if followed.header is not None:
            self._add_slice(followed, followed.header, now_s)
        elif voxels is not None:
            self._headers[followed.path] = followed, voxels.path
        elif says_nothing:
            self._unclaimed[followed.path] = followed
        else:
            self._single[followed.path] = followed

    def drop(self, path: Path) -> None:
        """Lets go of a file that is gone or changed."""
        for waiting in (self._single, self._headers, self._unclaimed):
            waiting.pop(path, None)
        for uid in [uid for uid, series in self._series.items() if path in series.came]:
            self._series[uid].drop(path)
            if not self._series[uid].came:
                del self._series[uid]

    def ready(self, now_s: float, unsettled: frozenset[str]) -> Iterator[Offer]:
        """What is to be taken now; what is handed over is let go of.

        Args:
            now_s: the steady clock.
            unsettled: folders, relative to the watched one, in which files lie that are not whole yet.
        """
        for uid, series in list(self._series.items()):
            others_come = any(followed.parent in unsettled for followed in series.came.values())
            if series.may_go(self._rule, now_s, others_come=others_come):
                del self._series[uid]
                came = tuple(series.came.values())
                yield from _offer(came, [path for path in series.files if path not in series.came])
        for followed, voxels in list(self._headers.values()):
            beside = self._unclaimed.get(voxels)
            if beside is not None or self._is_late(followed, now_s):
                self.drop(followed.path)
                self.drop(voxels)
                yield from _offer((followed, beside) if beside else (followed,))
        for followed in [followed for followed in self._unclaimed.values() if self._is_late(followed, now_s)]:
            self.drop(followed.path)
            yield from _offer((followed,))
        while self._single:
            followed = self._single.pop(next(iter(self._single)))
            yield from _offer((followed,))

    def _add_slice(self, followed: Followed, header: SliceHeader, now_s: float) -> None:
        series = self._series.get(header.series_uid)
        if series is None:
            try:
                paths = list(self._earlier(header.series_uid))
            except StoreError:
                followed.whole = False
                raise
            earlier = map(_header_of, paths)
            known = tuple(one for one in earlier if one is not None and one.series_uid == header.series_uid)
            series = self._series[header.series_uid] = Series(earlier=known)
        series.add(followed, now_s)

    def _is_late(self, followed: Followed, now_s: float) -> bool:
        return now_s - followed.since_s >= self._rule.wait_s


def _offer(came: tuple[Followed, ...], earlier: Sequence[Path] = ()) -> Iterator[Offer]:
    """An offer of files that are still there."""
    founds = _found_among([*(followed.path for followed in came), *earlier])
    gone = {found.path for found in founds if found.refusal is not None and found.refusal.code == "IN-NOT-FOUND"}
    for followed in came:
        followed.whole = followed.path not in gone
    still = tuple(followed for followed in came if followed.whole)
    if still:
        yield Offer(tuple(found for found in founds if found.path not in gone), still, tuple(earlier))


def _found_among(files: Sequence[Path]) -> tuple[Found, ...]:
    """What the files make. One that cannot even be looked into must not end the watch, or it would end each one."""
    try:
        return tuple(find_among(files))
    except Exception as error:  # noqa: BLE001  # the watch's edge: the fault of one file must not cost the others theirs
        _log.exception("A file could not be looked into")
        source = printable(files[0])
        refusal = InputError(
            "IN-DECODE",
            f"{source} cannot be looked into: {type(error).__name__} {shortened(error)}.",
            "Open it in the program that wrote it and export it again.",
        )
        return (Found(source, files[0], refusal, tuple(map(Entry, files))),)


def _says_nothing(entry: Entry) -> bool:
    """Whether these may be the voxels of a header that has not come yet."""
    head = head_of(entry, HEAD_BYTES)
    return not (form_of(head) or has_image_suffix(entry.path) or is_text(head) or head.startswith(ZIP_MAGICS))


def _header_of(path: Path) -> SliceHeader | None:
    try:
        return slice_header(Entry(path), NO_OTHER_LIMITS)
    except (OSError, InputError):
        return None
