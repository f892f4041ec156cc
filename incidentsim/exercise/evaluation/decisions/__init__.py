"""The judgements in a record, one by one: what was known, what was chosen, what was right and why, what followed."""
