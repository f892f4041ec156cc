"""Who plays whom, and how the time is spent, where so many people have so many minutes.

What must never enter here: words, layout, and anything that is not a function of playbook, scenario and options.
"""
