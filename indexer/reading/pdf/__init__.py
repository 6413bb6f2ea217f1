"""PDF: characters and drawn lines become paragraphs and table rows, with the pages they stand on."""
