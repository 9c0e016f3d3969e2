"""Bytes to a Scan, or a refusal with its reason."""
