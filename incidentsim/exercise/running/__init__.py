"""What drives an exercise from its beginning to its end: deciders in their order, randomness, and what it came to."""
