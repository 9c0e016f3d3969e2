"""The engine's sentences as the window says them; begin at `told.py`."""
