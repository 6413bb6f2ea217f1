"""The tables of what readers keep, step by step: a file of any earlier version is taken through the rest."""

from __future__ import annotations

STEPS: tuple[str, ...] = ()
"""SQL scripts in the order in which they were added. What stands here was written to files: a further
script is added at the end, none is changed."""
