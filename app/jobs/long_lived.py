"""Spares the event loop long collections of garbage."""

import gc


def leave_alone_what_is_loaded() -> None:
    """Has the garbage collector pass over all that is there now, once a process.

    A full collection goes through every object and stops all threads meanwhile: with the engine loaded 80 ms and more,
    in the middle of whatever a person does. What is loaded at the start stays until the end, so nothing is lost by not
    looking at it again; what comes later is collected as ever.
    """
    if not gc.get_freeze_count():
        gc.freeze()
