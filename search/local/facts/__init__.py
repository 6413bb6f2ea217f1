"""What is known of every report and section beside its text."""
