"""What else to search for: corrections of a query that finds nothing, suggestions while typing."""
