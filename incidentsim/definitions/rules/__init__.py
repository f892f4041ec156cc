"""Conditions, patterns and rules, wherever a document holds them."""
