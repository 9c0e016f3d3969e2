"""The desktop and the command line: shows and asks, decides nothing."""
