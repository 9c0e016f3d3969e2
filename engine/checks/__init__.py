"""What doubts an answer."""
