"""Pixels and regions to pictures."""
