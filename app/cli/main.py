"""Start-up: reads the command line and calls the file of the command; without a command the desktop opens."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.cli.parser import build_parser
from app.cli.printing import print_error
from engine.errors import FoveaError, UsageError

EXIT_SOME_UNANSWERED = 1
EXIT_WRONG_USE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status, as `docs/manual/cli.md` lists them."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parsed = build_parser().parse_args(given)
    try:
        status: int = parsed.command(parsed)
    except UsageError as error:
        print_error(error)
        return EXIT_WRONG_USE
    except FoveaError as error:
        print_error(error)
        return EXIT_SOME_UNANSWERED
    except KeyboardInterrupt:
        print("Stopped. What was answered so far is recorded.", file=sys.stderr)
        return EXIT_SOME_UNANSWERED
    except BrokenPipeError:
        # The reader of our output went away (`| head`): the answers are recorded, there is nobody to tell.
        sys.stderr.close()
        return EXIT_SOME_UNANSWERED
    return status


if __name__ == "__main__":
    raise SystemExit(main())
