"""Settings of a receiver: each is checked, and what is wrong is named."""

from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.network.receive import Reception
from engine.network.settings import read_settings, reception_of
from engine.network.tls import TlsFiles


def test_nothing_set_is_the_default(tmp_path):
    assert reception_of(read_settings(tmp_path / "none.toml"), "none.toml") == Reception()


def test_all_that_can_be_set_is_taken(tmp_path):
    file = tmp_path / "listen.toml"
    file.write_text(
        'title = "CT READER"\nhost = "0.0.0.0"\nport = 104\ncallers = ["CT1", "PACS"]\nassociations = 4\n'
        "object_mib = 512\nkeep_free_mib = 2048\n"
        'tls_certificate = "a.pem"\ntls_key = "a.key"\ntls_authority = "ca.pem"\n'
        'model = "left to the folder"\n'
    )
    assert reception_of(read_settings(file), str(file)) == Reception(
        title="CT READER",
        host="0.0.0.0",  # noqa: S104  # callers are named
        port=104,
        callers=("CT1", "PACS"),
        tls=TlsFiles(Path("a.pem"), Path("a.key"), Path("ca.pem")),
        associations=4,
        object_bytes=512 << 20,
        keep_free_bytes=2048 << 20,
    )


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("port", 70000, "from 0 to 65,535"),
        ("port", "104", "a whole number"),
        ("associations", 0, "from 1 to 1,000"),
        ("object_mib", True, "a whole number"),
        ("callers", "CT1", "a list of AE titles"),
        ("host", "", "a text in quotes"),
        ("tls_key", 3, "a text in quotes"),
    ],
)
def test_wrong_setting_is_named_with_what_it_may_be(name, value, wanted):
    with pytest.raises(UsageError, match=wanted) as error:
        reception_of({name: value}, "listen.toml")
    assert error.value.code == "US-LISTEN"
    assert f"listen.toml has {name} = {value!r}" in error.value.message


def test_file_that_is_no_toml_is_named(tmp_path):
    (tmp_path / "listen.toml").write_text("port: 104")
    with pytest.raises(UsageError, match="cannot be read"):
        read_settings(tmp_path / "listen.toml")
