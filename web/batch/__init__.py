"""Lists of queries: counted line by line, on a page and by command."""
