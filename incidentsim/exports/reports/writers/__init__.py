"""A report or its tables as bytes of one format each."""
