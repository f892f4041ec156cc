"""Commands that list, show and export recorded runs."""
