"""Scans and other pictures of pages: recognised (OCR), and put in order."""
