"""Tools for other programs (Model Context Protocol): read-only, and every quote is checked before it leaves."""
