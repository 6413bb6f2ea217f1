"""Runs of the indexer on a disk that fails: killed, without power, full, unreadable, with flipped bytes."""
