"""Actions: what somebody wants to do, in the imperative. Whether it happens, the kernel's facts say."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from incidentsim.domain.text import FreeText

Value = str | int | tuple[str, ...] | FreeText
"""What a field of an action may hold: a choice, person or role; a level; several choices; free text."""


@dataclass(frozen=True, slots=True)
class Action:
    """`person`, in `role`, wants to `do` something about `incident`, with this content.

    `role` may be left open: the kernel then takes the first of the person's roles that has the authority.
    """

    person: str
    do: str
    incident: str
    role: str | None = None
    content: Mapping[str, Value] = field(default_factory=dict)
