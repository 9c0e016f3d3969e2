"""From stored values to boxes on the GPU: what is there, what fits into its memory, what to do when it fails."""
