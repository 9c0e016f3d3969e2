"""Model packages: what they hold, whether they are sound, and which are installed."""
