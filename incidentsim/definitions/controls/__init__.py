"""Control maps, and the signs of evidence they name."""
