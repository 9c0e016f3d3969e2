"""What each code says whatever it names, as `docs/errors.md` has it; for texts that no table beside this knows."""
