"""`fovea run PATH...`: answers each study, records the outcome, and draws overlays on request."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from app.cli.login import acting
from app.cli.session import Options, answer_paths, exit_status, print_answers
from engine.places import default_home


def run(arguments: Namespace) -> int:
    """Answers the paths in the home that the environment names."""
    options = Options(
        backend=arguments.backend,
        threads=arguments.threads,
        model=arguments.model,
        budget_s=arguments.budget,
        threshold=arguments.threshold,
        modality=arguments.modality,
        second=arguments.second,
        stat=arguments.stat,
        out=arguments.out,
        json=arguments.json,
    )
    as_whom = partial(acting, arguments=arguments)
    answers = answer_paths(arguments.paths, default_home(), options, arguments.supervisor, as_whom)
    if not options.json:
        print_answers(answers)
        if options.out:
            print(f"\nOverlays: {options.out}")
    return exit_status(answers)
