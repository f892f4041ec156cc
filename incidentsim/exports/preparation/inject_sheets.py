"""The injects as sheets to be handed out: one page each, with what its receivers may read and nothing else."""

from incidentsim.domain.scenario import Inject
from incidentsim.domain.text import Language
from incidentsim.exercise.forecast.shapes import Preview
from incidentsim.exports.documents.model import Blank, Block, Paragraph, Part, Quotation, Terms
from incidentsim.exports.preparation.msel import in_order
from incidentsim.exports.preparation.msel_words import receiver_words
from incidentsim.exports.wording.attached_files import file_words, paper_words
from incidentsim.exports.wording.local_time import LocalClock, date_words
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _


def inject_sheets(preview: Preview, language: Language) -> list[Part]:
    """A sheet for each inject, in the order of the master scenario events list and with its numbers."""
    names = Names(preview.playbook, preview.scenario, language)
    injects = in_order(preview)
    return [_sheet(preview, names, inject, number, len(injects)) for number, inject in enumerate(injects, start=1)]


def _sheet(preview: Preview, names: Names, inject: Inject, number: int, total: int) -> Part:
    """When it comes is left to be written where that depends on what people do: its condition is none of theirs."""
    scenario = preview.scenario
    terms = [
        (_("By"), names.role(inject.channel)),
        (_("To"), receiver_words(inject, scenario, preview.playbook, names)),
    ]
    when: list[Block] = [Blank(_("Time"))]
    if inject.at is not None:
        terms.append((_("Time"), _moment(inject.at, LocalClock(scenario.local_time))))
        when = []
    return Part(
        language=names.language,
        title=names.say(inject.subject, _("Message {number}").format(number=number)),
        subtitle=_("EXERCISE: everything here is invented."),
        contents="",
        foot=_("Inject {number} of {total} · {scenario}").format(
            number=number, total=total, scenario=names.say(scenario.title)
        ),
        blocks=(Terms(tuple(terms)), *when, Quotation(names.say(inject.body)), *attached_blocks(inject, names)),
        leaf=True,
    )


def attached_blocks(inject: Inject, names: Names) -> list[Block]:
    """The files that come with an inject: texts as they are, of the others that they are handed out beside it."""
    blocks: list[Block] = []
    for file in names.attached_files(inject.id):
        words = _("Attachment: {file}").format(file=file_words(file))
        blocks += [Paragraph(words, important=True), Quotation(paper_words(file))]
    return blocks


def _moment(at: int, clock: LocalClock) -> str:
    day = clock.day(at)
    return clock.time(at) if day is None else _("{date}, {time}").format(date=date_words(day), time=clock.time(at))
