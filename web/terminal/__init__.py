"""What the command line shows, and how a terminal takes it."""
