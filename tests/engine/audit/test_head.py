import pytest

from engine.audit.head import Head, HeadFile, read_head
from engine.errors import StoreError

A, B, C = "a" * 64, "b" * 64, "c" * 64


@pytest.fixture
def file(tmp_path):
    opened = HeadFile(tmp_path / "audit.head")
    yield opened
    opened.close()


def test_head_is_read_as_written_and_private(tmp_path, file):
    assert read_head(tmp_path / "audit.head") is None
    file.advance(Head(0))
    assert read_head(tmp_path / "audit.head") == Head(0)
    file.advance(Head(12, A, B))
    assert read_head(tmp_path / "audit.head") == Head(12, A, B)
    assert (tmp_path / "audit.head").stat().st_mode & 0o777 == 0o600


def test_head_goes_forward_only_unless_put_back(tmp_path, file):
    file.advance(Head(12, A, C))
    file.advance(Head(9, B, C))
    assert read_head(tmp_path / "audit.head").count == 12
    file.put_back(Head(9, B, C))
    assert read_head(tmp_path / "audit.head") == Head(9, B, C)


def test_missing_file_has_no_head(tmp_path):
    assert read_head(tmp_path / "audit.head") is None


@pytest.mark.parametrize("content", ["nothing", "fovea-audit-head-1 000000000001 short short\n"])
def test_file_that_somebody_wrote_into_is_named(tmp_path, file, content):
    (tmp_path / "audit.head").write_text(content)
    for use in (lambda: read_head(tmp_path / "audit.head"), lambda: file.advance(Head(1, A, B))):
        with pytest.raises(StoreError) as caught:
            use()
        assert caught.value.code == "ST-HEAD"
