"""That a file of the user's takes the place of one that comes with the program, told as Python tells such things."""

import warnings


def warn_of_hidden(message: str) -> None:
    """Warn (`UserWarning`) that a definition was taken in place of a shipped one of the same id."""
    warnings.warn(message, UserWarning, stacklevel=2)
