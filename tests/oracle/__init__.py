"""The scan: slow, plain, and the definition of what an engine must answer."""
