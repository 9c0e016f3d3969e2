"""Decoding in child processes, so that a codec which crashes, hangs or eats memory costs one study and no more."""
