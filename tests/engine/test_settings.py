import pytest

from engine.errors import UsageError
from engine.settings import Retention, Settings, read_settings


def test_home_without_the_file_keeps_everything(home):
    assert read_settings(home) == Settings()
    assert Settings().retention == Retention(None, None)


def test_settings_are_read_and_told_apart_by_their_digest(home):
    home.settings.write_text("[retention]\npixels_days = 90\n")
    first = read_settings(home)
    assert first.retention == Retention(pixels_days=90)
    home.settings.write_text("[retention]\npixels_days = 91\n")
    assert read_settings(home).digest != first.digest


@pytest.mark.parametrize(
    "content",
    [
        "[retention",
        "[retention]\nrecords_days = 1\n",
        "[retention]\npixels_days = 0\n",
        "[retention]\npixels_days = true\n",
        "[retention]\npixels_days = nan\n",
        "[retention]\npixels_days = 'all'\n",
        "retention = 3\n",
        "[colours]\n",
        "\xff",
    ],
)
def test_file_that_says_something_else_is_refused(home, content):
    home.settings.write_bytes(content.encode("latin-1"))
    with pytest.raises(UsageError) as caught:
        read_settings(home)
    assert caught.value.code == "US-SETTINGS"
