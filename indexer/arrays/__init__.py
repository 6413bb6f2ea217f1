"""Reports as arrays: one file of them a segment, how they are made, merged and searched."""
