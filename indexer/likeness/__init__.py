"""Which reports have most of a text in common: found after a commit, kept beside the segments."""
