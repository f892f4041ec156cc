"""What may stand in each file format: the shapes, and what is said where something does not fit."""
