"""Words that more than one screen uses."""

import pytest

from app.text import band_named, capital, regions_counted, runtime_named, studies_counted


@pytest.mark.parametrize(
    ("count", "said"), [(0, "no regions"), (1, "1 region"), (7, "7 regions"), (1000, "1,000 regions")]
)
def test_regions_are_counted_in_words(count, said):
    assert regions_counted(count) == said


def test_studies_are_counted_in_words():
    assert (studies_counted(1), studies_counted(11)) == ("1 study", "11 studies")


def test_embedded_run_time_is_marked_as_the_default():
    assert runtime_named("onnxruntime 1.31.1 cpu") == "Embedded default: CPU, ONNX Runtime 1.31.1"


def test_other_run_times_keep_their_own_name():
    assert runtime_named("tensorrt-rtx 1.7.1 sm_89") == "tensorrt-rtx 1.7.1 sm_89"


def test_bands_are_named():
    assert (band_named("sure"), band_named("unsure")) == ("sure", "unsure")


def test_capital_at_the_beginning_leaves_the_rest_as_it_is():
    assert [capital(text) for text in ("keine Regionen", "", "CT")] == ["Keine Regionen", "", "CT"]
