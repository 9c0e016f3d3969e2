"""Scan to tensors, by the kernels."""
