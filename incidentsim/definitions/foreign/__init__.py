"""Foreign files: what a file looks like that is none of ours, or one of ours in the wrong place."""
