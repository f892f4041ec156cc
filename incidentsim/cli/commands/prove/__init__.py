"""Commands that check a record or add to its proof."""
