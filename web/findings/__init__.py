"""Findings: passages that a reader collects, labels, cites, takes away and hands on."""
