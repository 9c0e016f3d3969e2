"""The append-only, keyed log of what was done."""
