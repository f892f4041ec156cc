"""From files to the domain: YAML read under strict rules, validated, resolved, every problem at its position.

What must never enter here: running anything. A definition that passed is plain data.
"""
