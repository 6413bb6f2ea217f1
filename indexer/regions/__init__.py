"""The administrative tree, and which of its nodes a report belongs to."""
