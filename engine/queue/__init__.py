"""Unattended work that survives a crash: the queue, its worker, the watched folders."""
