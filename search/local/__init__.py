"""The engine of one machine: it answers from an index of Gongkai's own."""
