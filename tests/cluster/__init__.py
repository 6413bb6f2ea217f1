"""The cluster that tests run on, and what is tried on it."""
