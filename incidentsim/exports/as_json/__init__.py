"""A run, its evaluation, a forecast and evidence for controls as JSON, for other programs."""
