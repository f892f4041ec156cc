"""The manual on the screens: the list of its pages, and a page."""
