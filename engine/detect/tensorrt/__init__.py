"""TensorRT, in either of its two makes: from a package's one graph to a plan, and from a plan to answers."""
