"""The decoder processes of a program: `Decoders.read_study` reads as `engine.intake.read.read_study` does, in them."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from engine.intake.arriving import OnArriving
from engine.intake.find import Found
from engine.intake.isolated.crosscheck import Crosscheck, Kinds
from engine.intake.isolated.jobs import ReadFile
from engine.intake.isolated.line import Line
from engine.intake.isolated.planes import planes_in
from engine.intake.limits import NO_OTHER_LIMITS, Limits
from engine.intake.read import Loaded, nothing_to_stop, read_series


class Decoders:
    """Decoder processes, to be kept as long as studies come and closed at the end.

    Args:
        line: the processes; None starts them with the first study, one for each core that this process may use.
    """

    def __init__(self, line: Line | None = None) -> None:
        self.line = line or Line()
        self._kinds = Kinds()

    def read_study(
        self,
        found: Found,
        limits: Limits = NO_OTHER_LIMITS,
        *,
        modality: str | None = None,
        on_slice: Callable[[], None] = nothing_to_stop,
        on_arriving: OnArriving | None = None,
    ) -> Loaded:
        """Reads a candidate in the decoder processes; for the rest see `engine.intake.read.read_study`.

        Safe to call from several threads. `on_slice` is also called while a single file is decoded. `on_arriving` is
        shown a series while it is read, from its middle on; nothing that it is shown was compared or answered yet.

        Raises:
            InputError: as there; IN-DECODE-CRASH, IN-DECODE-TIME or IN-MEMORY, and another process takes over;
                IN-DECODE-DIFFERS.
        """
        if found.refusal is not None:
            raise found.refusal
        check = Crosscheck(self.line, self._kinds, limits)
        try:
            if len(found.files) > 1:
                read_planes = planes_in(self.line, on_slice, check.see_plane, on_arriving)
                loaded = read_series(found, limits, modality, read_planes)
            else:
                loaded = self._read_file(ReadFile(found, limits, modality), on_slice)
            check.settle(loaded, found.files, on_slice)
        finally:
            check.drop()
        return loaded

    def _read_file(self, job: ReadFile, on_slice: Callable[[], None]) -> Loaded:
        on_slice()
        pending = self.line.ask(job)
        try:
            loaded: Loaded = pending.results(on_slice)[0]
        except BaseException:
            pending.drop()
            raise
        return loaded

    def close(self) -> None:
        """Ends all processes at once, whatever they do."""
        self.line.close()

    def __enter__(self) -> Decoders:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
