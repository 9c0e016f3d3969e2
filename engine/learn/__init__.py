"""Feedback and annotated images become a candidate model; the only home of torch beside the reference back end."""
