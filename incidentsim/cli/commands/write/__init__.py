"""Commands for whoever writes procedures and scenarios."""
