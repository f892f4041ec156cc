"""The procedure as it lies on the table: opened at any time, from the table and from whatever stands above it."""
