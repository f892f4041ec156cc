"""The names that a document defines, and what is said where one is not among them."""
