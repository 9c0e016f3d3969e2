"""Stitched maps on the GPU to candidate boxes: what `engine.detect.heads` does, and only the boxes come back."""

from __future__ import annotations

import numpy as np

from engine.detect.device.network import DeviceArray, Stream
from engine.detect.heads import PEAKS_A_REGION, Candidates
from engine.domain.model_card import ModelCard
from kernels.boxes import boxes_on_device
from kernels.device_arrays import copy_out, empty, wait
from kernels.peaks import find_peaks_on_device, peak_buffers
from kernels.suppress import suppress_buffer, suppress_on_device


class Decoder:
    """Lists of peaks and boxes on the GPU, long enough for one model and one size of maps."""

    def __init__(self, card: ModelCard, cells_shape: tuple[int, ...]) -> None:
        self._labels = len(card.labels)
        self._most = card.head.max_regions * PEAKS_A_REGION
        self._found = peak_buffers((self._labels, *cells_shape), self._most)
        self._boxes = empty((self._most, 2 * len(cells_shape)), np.float32)
        self._words = suppress_buffer(self._most)
        self._keep = empty((self._most,), np.bool_)

    def candidates(self, stitched: DeviceArray, card: ModelCard, stream: Stream) -> Candidates:
        """Waits for the maps and decodes them.

        Args:
            stitched: (labels + 2 * dims, *cells) float32.
            card: stride, limits, and the threshold that a person asked for.
            stream: what the maps were stitched on.
        """
        found = self._found
        find_peaks_on_device(stitched[: self._labels], card.unsure_threshold, found, stream)
        boxes_on_device(stitched, self._labels, found, card.head.stride, self._boxes, stream)
        suppress_on_device(self._boxes, found.label, found.count, card.head.nms_iou, self._words, self._keep, stream)
        count = np.empty(1, np.int32)
        boxes, keep = np.empty((self._most, self._boxes.shape[1]), np.float32), np.empty(self._most, np.bool_)
        scores, labels = np.empty(self._most, np.float32), np.empty(self._most, np.int64)
        for device, host in (
            (found.count, count),
            (found.score, scores),
            (found.label, labels),
            (self._boxes, boxes),
            (self._keep, keep),
        ):
            copy_out(device, host, stream)
        wait(stream)
        kept = np.flatnonzero(keep[: count[0]])
        most = card.head.max_regions
        cut_off = kept.size > most or count[0] == self._most
        kept = kept[:most]
        return Candidates(boxes[kept], scores[kept], labels[kept], bool(cut_off))
