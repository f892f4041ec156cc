"""Messages at the table: read one in full, answer or forward it, or write to others at any time."""
