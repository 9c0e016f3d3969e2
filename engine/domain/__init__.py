"""The nouns: frozen values, one a file."""
