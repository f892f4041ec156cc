"""incidentsim: an incident-handling procedure that runs, is replayed exactly, and leaves a verifiable record.

Nothing is imported here, so that `incidentsim --help` starts as fast as its command-line library.
"""

__version__ = "0.1.0"
