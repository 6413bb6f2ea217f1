"""For programs: `open_index` gives an index whose answers are dataclasses and, where installed, frames."""
