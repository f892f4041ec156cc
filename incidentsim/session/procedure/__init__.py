"""The procedure at the table: the view of a seat, and how it reads in sections, on screens and line by line."""
