"""What comes of a form; the table knows it before it opens any."""

from dataclasses import dataclass

from incidentsim.session.form_view import ActionKey, Written


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that was sent: what is to be done, and what was written."""

    key: ActionKey
    written: Written
