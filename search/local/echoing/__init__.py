"""Who said a sentence first, over all reports of an index: arithmetic over what indexer/echoes found."""
