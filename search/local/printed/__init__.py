"""From folded text back to the text as printed."""
