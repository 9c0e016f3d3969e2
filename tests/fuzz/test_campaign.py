"""The run notices what it is there to notice: children that die, hang, take memory, raise or answer badly."""

from __future__ import annotations

import json
import sys
from itertools import count
from pathlib import Path

import pytest

from tests.fuzz.campaign import MEMORY_BYTES, Campaign
from tests.fuzz.cases import Case, case
from tests.fuzz.memory import forget_peak, peak_bytes

BEFORE = (
    "import json, os, sys, time\nfor line in sys.stdin:\n    path = json.loads(line)\n    reply = {'answers': []}\n"
)
AFTER = "\n    print(json.dumps(reply), flush=True)\n"

REFUSAL = {"source": "a.png", "code": "IN-EMPTY", "reason": "a.png is empty (0 bytes). Copy or export the file again."}


def child(folder: Path, *lines: str) -> tuple[str, ...]:
    """A child that does this for each path."""
    script = folder / "child.py"
    script.write_text(BEFORE + "".join(f"    {line}\n" for line in lines) + AFTER)
    return (sys.executable, str(script))


def one(number: int = 0) -> Case:
    return Case(number, "PNG", "made", (("a.png", b"abc"),))


def failure(folder: Path, *lines: str, deadline_s: float = 10.0) -> str:
    with Campaign(folder / "kept", child(folder, *lines), deadline_s) as campaign:
        return campaign.try_one(one())


def reply(answer: dict[str, str]) -> str:
    return f"reply = {{'answers': [{json.dumps(answer)}]}}"


def test_a_refusal_with_a_code_and_two_sentences_is_no_failure(tmp_path: Path) -> None:
    assert failure(tmp_path, reply(REFUSAL)) == ""
    assert failure(tmp_path, reply({"source": "a.png", "code": "", "reason": ""})) == ""
    assert not (tmp_path / "kept").exists()


BAD_ANSWERS = {
    "is not explained": REFUSAL | {"code": "IN-NEW"},
    "two sentences": REFUSAL | {"reason": "It is empty."},
    "on one line": REFUSAL | {"reason": "It is\x07empty. Copy it."},
    "too long": REFUSAL | {"reason": "It is empty. " * 100 + "Copy it."},
}


@pytest.mark.parametrize("words", BAD_ANSWERS)
def test_a_bad_answer_is_a_failure(tmp_path: Path, words: str) -> None:
    assert words in failure(tmp_path, reply(BAD_ANSWERS[words]))


def test_a_crash_a_hang_a_traceback_no_answer_and_a_printed_warning_are_failures(tmp_path: Path) -> None:
    assert "ended with status -6" in failure(tmp_path, "os.abort()")
    assert "no answer within 0.3 s" in failure(tmp_path, "time.sleep(60)", deadline_s=0.3)
    assert "ValueError" in failure(tmp_path, "reply = {'traceback': 'ValueError'}")
    assert "given no answer" in failure(tmp_path, "reply = {'answers': []}")
    assert "it printed" in failure(tmp_path, "sys.stderr.write('UserWarning: x')", "sys.stderr.flush()", reply(REFUSAL))


def test_memory_is_measured_from_case_to_case(tmp_path: Path) -> None:
    command = child(tmp_path, "data = bytearray(int(os.path.getsize(path)) << 20); del data", reply(REFUSAL))
    small, large = (Case(number, "PNG", "", (("a", b"x" * size),)) for number, size in ((0, 1), (1, 200)))
    with Campaign(tmp_path / "kept", command) as campaign:
        campaign.try_one(small)
        before = campaign.findings.hungriest[0]
        campaign.try_one(large)
        assert 190 << 20 < campaign.findings.hungriest[0] - before < 210 << 20
        assert campaign.findings.hungriest[0] < MEMORY_BYTES
        process = campaign._child
        assert process is not None
        forget_peak(process.pid)
        assert peak_bytes(process.pid) < before + (20 << 20)


def test_after_a_crash_the_next_case_gets_a_new_child_and_the_failed_one_is_kept(tmp_path: Path) -> None:
    lines = ("if 'bad' in path: os.abort()", reply(REFUSAL))
    bad = Case(7, "PNG", "cut", (("bad.png", b"abc"),))
    with Campaign(tmp_path / "kept", child(tmp_path, *lines)) as campaign:
        campaign.run([one(), bad, one(8)], lambda: False)
    assert campaign.findings.cases.total() == 3
    assert campaign.findings.codes["PNG", "IN-EMPTY"] == 2
    assert len(campaign.findings.failures) == 1
    assert (tmp_path / "kept" / "case-7" / "bad.png").read_bytes() == b"abc"
    assert "PNG: cut" in (tmp_path / "kept" / "case-7" / "why.txt").read_text()


def test_a_run_stops_when_it_is_told_to(tmp_path: Path) -> None:
    with Campaign(tmp_path / "kept", child(tmp_path, reply(REFUSAL))) as campaign:
        campaign.run(map(one, count()), lambda: campaign.findings.cases.total() == 5)
    assert campaign.findings.cases.total() == 5


def test_the_real_program_answers_the_first_cases(tmp_path: Path) -> None:
    with Campaign(tmp_path / "kept") as campaign:
        campaign.run((case(0, number) for number in range(100)), lambda: False)
    assert campaign.findings.failures == []
    assert len(campaign.findings.codes) > 20
