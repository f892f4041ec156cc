"""The regulatory deadlines of a run: never a time without the scope and the moment that it rests on."""

from collections import Counter
from collections.abc import Sequence

from incidentsim.domain.clocks import ClockPack
from incidentsim.exercise.regulatory.situation import scope_of
from incidentsim.exercise.regulatory.views import ClockState, ClockView
from incidentsim.exports.documents.model import Block, Heading, Listing, Paragraph, Row, Table, Tone
from incidentsim.exports.reports.material import Material
from incidentsim.exports.text.clock_table import RANK, clock_sentences, scope_sentence, state_word
from incidentsim.messages import gettext as _
from incidentsim.messages import ngettext


def clocks(material: Material) -> list[Block]:
    """All clocks of all incidents as they stood at the end."""
    from incidentsim.definitions.clocks.read import shipped_packs

    blocks: list[Block] = [Heading(2, _("Regulatory deadlines"))]
    if scope_of(material.account.scenario).jurisdictions is None:
        message = _("The organisation declares no scope, so no regulatory deadline can be calculated.")
        return [*blocks, Paragraph(message)]
    if not material.clocks:
        return [*blocks, Paragraph(_("No incident could be noticed, so no regulatory deadline runs."))]
    packs = {pack.id: pack for pack in shipped_packs()}
    blocks.append(Paragraph(scope_sentence(material.account, tuple(packs.values()))))
    used: dict[str, ClockPack] = {}
    for incident, views in material.clocks.items():
        names = material.teller.names
        title = _("{incident}: {title}").format(incident=incident, title=names.incident(incident))
        blocks.append(Heading(3, title))
        shown = [view for view in views if view.state is not ClockState.NOT_APPLICABLE]
        used |= {view.pack: packs[view.pack] for view in shown}
        rows = [_row(material, view, packs[view.pack]) for view in sorted(shown, key=lambda one: RANK.index(one.state))]
        if rows:
            blocks.append(Table(clocks_head(), tuple(rows), (3, 8, 12)))
        else:
            blocks.append(Paragraph(_("No clock concerns the organisation.")))
        blocks += _others(views, packs)
    notes = [
        _("{title}: facts of {date}. {disclaimer}").format(
            title=material.teller.names.say(pack.title),
            date=pack.as_of,
            disclaimer=material.teller.names.say(pack.disclaimer),
        )
        for pack in used.values()
    ]
    return [*blocks, Listing(tuple(notes))] if notes else blocks


def _others(views: Sequence[ClockView], packs: dict[str, ClockPack]) -> list[Block]:
    """One line for everything that does not concern the organisation."""
    quiet = [view for view in views if view.state is ClockState.NOT_APPLICABLE]
    count = Counter(packs[view.pack].jurisdiction for view in quiet)
    if not count:
        return []
    message = ngettext(
        "{n} more clock does not concern the organisation: {jurisdictions}.",
        "{n} more clocks do not concern the organisation: {jurisdictions}.",
        count.total(),
    )
    where = _(", ").join(f"{name} {number}" for name, number in count.items())
    return [Paragraph(message.format(n=count.total(), jurisdictions=where))]


def _row(material: Material, view: ClockView, pack: ClockPack) -> Row:
    names, clock = material.teller.names, view.clock
    law, *told = clock_sentences(view, pack, names, material.teller.clock.local.offsets)
    late = view.state in {ClockState.OVERDUE, ClockState.FILED_LATE}
    tone: Tone = "late" if late else "plain"
    return Row((state_word(view.state), "\n".join([names.say(clock.title), clock.id, law]), "\n".join(told)), tone)


def clocks_head() -> tuple[str, ...]:
    """The columns of a table of clocks."""
    return (_("State"), _("What is to be filed"), _("When, and what that rests on"))
