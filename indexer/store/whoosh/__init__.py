"""The index as Whoosh sees it: the only room that knows Whoosh. Nothing here is needed to search."""
