"""Second opinions: who is asked, what a template shows, and where two answers disagree. Start at `ask`."""
