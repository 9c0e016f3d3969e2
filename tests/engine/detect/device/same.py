"""Whether two looks found the same; imports nothing that a machine lent for its GPU might lack."""


def assert_same(one, other):
    """The same candidates, byte for byte, and the same coverage."""
    assert one.candidates.scores.tobytes() == other.candidates.scores.tobytes()
    assert one.candidates.labels.tobytes() == other.candidates.labels.tobytes()
    assert one.candidates.boxes.tobytes() == other.candidates.boxes.tobytes()
    assert one.candidates.cut_off == other.candidates.cut_off
    assert one.coverage == other.coverage
