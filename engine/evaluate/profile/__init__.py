"""Speed against accuracy: each effort of a model in each precision that this machine can compute it in."""
