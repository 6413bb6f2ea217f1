"""Gongkai beside other engines, on the same texts and the same queries: `make bench`."""
