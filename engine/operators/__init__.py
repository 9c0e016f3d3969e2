"""Who is working: passwords, sessions, and what a role permits."""
