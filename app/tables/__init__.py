"""List models over the state."""
