"""Many queries counted at once."""
