"""A procedure walked through: bots play it, a made-up incident for each level and each truth, and what comes of it."""
