"""The index on disk: the only rooms that know Whoosh."""
