"""Commands that say what runs came to, beside others or by another procedure."""
