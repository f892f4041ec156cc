"""Where something that was erased or deleted may still be found, told on stderr."""

from collections.abc import Iterable

from incidentsim.cli.output import narrate
from incidentsim.ledger.store import Trace
from incidentsim.messages import gettext as _


def tell_traces(traces: Iterable[Trace]) -> None:
    """Tell what is to be done wherever something may still be found."""
    for trace in traces:
        narrate(_where(trace))


def _where(trace: "Trace") -> str:
    """What is to be done where something may still be found."""
    match trace:
        case Trace.FILE:
            return _(
                "The database's file could not be written anew (another program uses it, or the disk is full): older "
                "drafts of what was erased may be left in it. The next “erase” or “runs delete” tries again."
            )
        case Trace.LOG:
            return _(
                "Another program uses the database: until it ends, the -wal file beside the database may still hold "
                "what was erased."
            )
        case Trace.TABLE:
            return _(
                "The tables could not be written anew: you do not own them, or others hold them. Until their owner "
                "does so (VACUUM FULL), deleted rows lie in the server's files."
            )
        case Trace.SERVER:
            return _("The server's write-ahead log, replicas and backups keep what was erased until they are recycled.")
