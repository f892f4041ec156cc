"""Definitions found by id or path, checked, and described as JSON Schema."""
