"""Which queries a piece of work sends to databases."""

from collections.abc import Callable

from sqlalchemy import Engine, event


def queries(work: Callable[[], object]) -> list[str]:
    """The statements that were sent while the work was done, without those that look after a connection."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return sent
