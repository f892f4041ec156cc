"""A playbook as a picture: Mermaid and DOT as text, SVG by Graphviz.

One picture holds all tracks, each a group, its phases groups within it. Steps that somebody takes are solid arrows
with the title and who may take it, automatic steps are dashed; final states have a double border. Whatever a title
contains is shown as it was typed: nothing in it is read as markup.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import graphviz

from incidentsim.domain.errors import SurroundingsError
from incidentsim.domain.playbook import ANYONE, Playbook, State, Step, Track
from incidentsim.domain.text import Language, Text
from incidentsim.exports.wording.plain_text import visible
from incidentsim.messages import gettext as _

FONT: Final = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
"""Fonts that have Chinese characters, on Linux, Windows and macOS."""


def mermaid(playbook: Playbook, language: Language) -> str:
    """The playbook as a Mermaid flowchart."""
    return "\n".join(_mermaid_lines(_Plan(playbook, language))) + "\n"


def dot(playbook: Playbook, language: Language) -> str:
    """The playbook as a Graphviz graph."""
    return str(_graph(_Plan(playbook, language)).source)


def svg(playbook: Playbook, language: Language) -> bytes:
    """The playbook as an SVG picture.

    Raises:
        SurroundingsError: Graphviz is not installed, or fails.
    """
    try:
        return bytes(_graph(_Plan(playbook, language)).pipe(format="svg", quiet=True))
    except graphviz.ExecutableNotFound:
        message = _(
            "To draw an SVG picture, install Graphviz and see to it that its program dot is on the PATH. "
            "Mermaid and DOT text need nothing: --format mermaid, --format dot."
        )
        raise SurroundingsError(message) from None
    except (graphviz.CalledProcessError, OSError) as error:
        said = getattr(error, "stderr", None) or str(error)
        reason = visible((said.decode(errors="replace") if isinstance(said, bytes) else said).strip())
        message = _("Graphviz could not draw the picture: {reason}. Try --format mermaid or --format dot.")
        raise SurroundingsError(message.format(reason=reason)) from error


@dataclass(frozen=True, slots=True)
class _Arrow:
    source: str
    target: str
    title: str
    who: str
    automatic: bool


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring states of one phase; `title` is `None` where they belong to no phase."""

    id: str
    title: str | None
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is drawn, whoever draws it."""

    playbook: Playbook
    language: Language

    def say(self, text: Text) -> str:
        return text.say(self.language)

    def groups(self, track: Track) -> Iterator[_Group]:
        for phase, states in groupby(track.states.values(), lambda state: state.phase):
            found = tuple(states)
            title = self.say(self.playbook.phases[phase].title) if phase is not None else None
            yield _Group(_id(track.id, "phase", found[0].id), title, found)

    def arrows(self, track: Track) -> Iterator[_Arrow]:
        for step in track.steps:
            title, who = self.say(step.title), self._who(step)
            for source in step.sources:
                target = _id(track.id, step.target or source)
                yield _Arrow(_id(track.id, source), target, title, who, step.automatic)

    def _who(self, step: Step) -> str:
        if step.automatic:
            return _("by itself")
        if ANYONE in step.by_named:
            return _("anyone")
        return _(", ").join(self.say(self.playbook.title_of(name)) for name in step.by_named or step.by)


def _mermaid_lines(plan: _Plan) -> Iterator[str]:
    yield "flowchart TD"
    yield "  classDef final stroke-width:4px"
    for track in plan.playbook.tracks.values():
        yield f'  subgraph {_id("track", track.id)}["{_mermaid(plan.say(track.title))}"]'
        for group in plan.groups(track):
            if group.title is not None:
                yield f'    subgraph {group.id}["{_mermaid(group.title)}"]'
            for state in group.states:
                left, right = ('(["', '"])') if state.id == track.initial else ('["', '"]')
                mark = ":::final" if state.final else ""
                yield f"    {_id(track.id, state.id)}{left}{_mermaid(plan.say(state.title))}{right}{mark}"
            if group.title is not None:
                yield "    end"
        for arrow in plan.arrows(track):
            line = "-.->" if arrow.automatic else "-->"
            label = f"{_mermaid(arrow.title)}<br/>{_mermaid(arrow.who)}"
            yield f'    {arrow.source} {line}|"{label}"| {arrow.target}'
        yield "  end"


def _graph(plan: _Plan) -> Any:  # noqa: ANN401 - graphviz has no types
    graph = graphviz.Digraph(
        name=plan.playbook.id,
        graph_attr={"rankdir": "TB", "fontname": FONT, "labelloc": "t", "label": _dot(plan.say(plan.playbook.title))},
        node_attr={"shape": "box", "style": "rounded", "fontname": FONT, "fontsize": "11"},
        edge_attr={"fontname": FONT, "fontsize": "9"},
    )
    for track in plan.playbook.tracks.values():
        with graph.subgraph(name="cluster_" + _id(track.id)) as cluster:
            cluster.attr(label=_dot(plan.say(track.title)), style="rounded", color="gray40")
            for group in plan.groups(track):
                _draw_group(cluster, plan, track, group)
            for arrow in plan.arrows(track):
                label = graphviz.nohtml(_dot(arrow.title) + "\\n" + _dot(arrow.who))
                cluster.edge(arrow.source, arrow.target, label=label, style="dashed" if arrow.automatic else "solid")
    return graph


def _draw_group(cluster: Any, plan: _Plan, track: Track, group: _Group) -> None:  # noqa: ANN401 - no types
    if group.title is not None:
        with cluster.subgraph(name="cluster_" + group.id) as inner:
            inner.attr(label=_dot(group.title), style="dotted", color="gray60")
            _draw_group(inner, plan, track, _Group(group.id, None, group.states))
        return
    for state in group.states:
        cluster.node(
            _id(track.id, state.id),
            label=_dot(plan.say(state.title)),
            peripheries="2" if state.final else "1",
            style="rounded,bold" if state.id == track.initial else "rounded",
        )


def _id(*parts: str) -> str:
    """A name for a node or group. Ids have no double separators, so joining by two underscores stays unambiguous."""
    return "__".join(part.replace("-", "__") for part in parts)


def _mermaid(text: str) -> str:
    """`text` for a quoted Mermaid label: all but letters, digits and spaces as entity codes (`#35;` is `#`)."""
    return "".join(
        character if character.isalnum() or character == " " else f"#{ord(character)};" for character in visible(text)
    )


def _dot(text: str) -> Any:  # noqa: ANN401 - a str that graphviz marks as plain text
    """`text` for a DOT label: no escape sequences, no HTML, no entities."""
    return graphviz.escape(visible(text).replace("&", "&amp;"))
