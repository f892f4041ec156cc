"""A run beside others in words: sheets of rows, the same for screens, plain mode and the command line."""
