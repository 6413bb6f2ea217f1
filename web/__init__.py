"""A result becomes a page or JSON."""
