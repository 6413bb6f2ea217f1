"""What two texts have in common: folding and word boundaries."""
