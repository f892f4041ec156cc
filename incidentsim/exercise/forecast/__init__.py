"""What a scenario is likely to bring, found out by letting bots play it many times before people do.

What must never enter here: words, layout, and anything that is not a function of playbook, scenario and options.
"""
