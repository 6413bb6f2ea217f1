"""Which sentences stand in several reports, equal or nearly: found on demand, kept beside the index."""
