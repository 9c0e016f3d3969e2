"""A session of answered studies that can be judged, without a window."""

from app.state.judgement import Judgement
from app.state.judging import Judging
from app.state.session import Session
from engine.domain.outcome import Outcome, Status
from engine.domain.region import Region


def region(number, score=None):
    box = (10.0 * number, 0.0, 10.0 * number + 5, 5.0)
    return Region("pitting", 0.9 - number / 10 if score is None else score, "sure", box)


def outcome(name, count, **changes):
    told = {"status": Status.ANSWERED, "flagged": bool(count), "coverage": 1.0, "model": "surface-pitting 1.0.0"}
    return Outcome(name, **told | changes, regions=tuple(map(region, range(count))))


def judged(*counts, modality="photo", **arguments):
    """A session of studies with so many regions each, the first one looked at."""
    session = Session()
    judging = Judging(session, **arguments)
    session.add([f"{number}.png" for number in range(len(counts))])
    for index, count in enumerate(counts):
        answer = outcome(f"arrival-{index}", count)
        session.answer(index, answer, None)
        judging.take(index, answer, Judgement.of(answer), modality)
    return session, judging
