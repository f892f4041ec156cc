"""What an explanation is made of: sections of lines, each with what it rests on and whether it is a default."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explained:
    """One thing that a playbook says.

    Attributes:
        words: in the language asked for; what holds by default in it says so.
        basis: what it rests on, as a short mark; empty where it has no basis of its own.
        default: whether something in it is not written in the file.
        indent: how far it stands in, in steps.
        head: whether it is the heading of what follows with a greater indent.
    """

    words: str
    basis: str = ""
    default: bool = False
    indent: int = 0
    head: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading; `role` is the id of the role that they are about, empty where they are about none."""

    heading: str
    lines: tuple[Explained, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A playbook in prose.

    Attributes:
        playbook: its id.
        version: its version.
        title: its title, in the language asked for.
        sections: in the order in which they are told.
    """

    playbook: str
    version: str
    title: str
    sections: tuple[Section, ...]
