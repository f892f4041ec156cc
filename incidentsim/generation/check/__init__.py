"""What may be wrong with an archetype: every problem at its place, found before anything is generated from it."""
