"""Links and quotes verified: the page, and rows for terminal, files and API."""
