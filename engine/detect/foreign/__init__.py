"""Heads of networks that others designed: each a small decoder from raw outputs to boxes or maps."""
