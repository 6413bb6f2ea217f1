"""News of saved searches: how they are told, sent, shown."""
