"""Reading: the bytes of a file to a `Document`, its lines and the facts its format states."""

from indexer.reading.document import Document, RawLine
from indexer.reading.read import read

__all__ = ["Document", "RawLine", "read"]
