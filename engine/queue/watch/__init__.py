"""Watched folders: what lies in them is answered once, when it is whole."""
