"""Word documents in pieces: the template with its styles, the elements, tables, blocks."""
