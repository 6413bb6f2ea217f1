"""A query goes in, a result comes out."""
