"""What is made of an answer: totals, facets, a page of reports, lines."""
