"""The one door for background work."""
