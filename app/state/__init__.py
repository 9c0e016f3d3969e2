"""What the window knows, in plain Python."""
