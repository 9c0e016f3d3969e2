"""Tensors to regions: back ends, heads, merging over tiles and placing."""
