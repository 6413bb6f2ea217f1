"""Documents and workbooks of Word, WPS, Excel and LibreOffice, old and new."""
