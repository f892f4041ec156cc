"""The manual: pages of the package, read from Markdown and laid out for a terminal, a screen or plain mode.

What must never enter: what anybody else wrote. Scenarios, playbooks and forms are never read by this.
"""
