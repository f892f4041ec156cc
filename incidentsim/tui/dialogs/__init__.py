"""Small screens over another one: a question, a detail, help, a file name, the keyboard changing hands."""
