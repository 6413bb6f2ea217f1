"""A document's lines become a report: what it is, and how it is divided."""
