"""What doubts an answer, beside the detector that gave it."""
