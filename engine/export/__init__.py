"""What leaves the program: records as lines, tables and files."""
