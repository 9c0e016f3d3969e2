"""Everything Fovea knows how to do, without a window: intake, prepare, detect, record."""
