"""What people make of an exercise once it is over: improvement items, and the hot wash. Folded from its facts."""
