"""What `tests.bench.overlap` kept of several calls, as one table: a row for each set whose runs are all there."""

GOAL = 1.15
STAGES = ("read", "prepare", "detect", "merge", "record")

_HEAD = (
    "set", "studies", "overlapped s", "slowest stage s", "processor s / cores", "ratio", "goal", "studies a minute",
    "images a minute", "50 % load: median, 95 % s", "80 %", "100 %",
)  # fmt: skip


def floors_s(alone, together):
    """What overlap cannot beat: the slowest stage, and the processor time of all on all cores."""
    return max(alone[name] for name in STAGES), together["cpu_s"] / together["cores"]


def table(kept):
    """Lines of markdown.

    Args:
        kept: what each run found; its key is title, number of studies, threads and part.
    """
    by_set = {}
    for found in kept:
        title, number, threads, part = found["key"]
        by_set.setdefault((title, number, threads), {})[part] = found
    rows = [_row(*key, parts) for key, parts in by_set.items() if {"alone", "together"} <= parts.keys()]
    return ["| " + " | ".join(_HEAD) + " |", "|---" * len(_HEAD) + "|", *rows]


def _row(title, number, threads, parts):
    alone, together = parts["alone"], parts["together"]
    slowest_s, cpu_s = floors_s(alone, together)
    wall_s = together["wall_s"]
    ratio, rate = wall_s / max(slowest_s, cpu_s), number / wall_s * 60.0
    loads = [
        f"{parts[share]['p50_s']:.2f}, {parts[share]['p95_s']:.2f}" if share in parts else ""
        for share in ("50%", "80%", "100%")
    ]
    cells = (
        f"{title}, {threads} threads", str(number), f"{wall_s:.1f}", f"{slowest_s:.1f}", f"{cpu_s:.1f}",
        f"{ratio:.2f}", "met" if ratio <= GOAL else "missed", f"{rate:.1f}", f"{rate * together['images']:.0f}", *loads,
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"
