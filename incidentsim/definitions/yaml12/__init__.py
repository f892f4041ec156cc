"""YAML 1.2 as plain data with the position of everything, and problems that are told at their positions."""
