"""The names that every story's texts may use without declaring them."""

from typing import Final

MOMENTS: Final = ("start",)
GIVEN: Final = ("org", "city", "start", "now", "tenant")
"""The organisation, its town, when the exercise starts, when an inject comes, and the client's company."""
