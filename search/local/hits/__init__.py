"""Where the words and phrases of a query occur."""
