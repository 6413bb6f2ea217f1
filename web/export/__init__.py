"""Answers to take away: whole, as files."""
