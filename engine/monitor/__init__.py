"""Is the world still what the models knew? Populations of studies, watched with a test that may always be looked at."""
