"""Numba kernels: each a CPU function, which is the definition, and later its CUDA twin."""
