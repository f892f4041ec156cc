"""Composing the explanation of a playbook: what holds for everybody, then each role, then how an exercise is rated."""

from collections.abc import Iterator

from incidentsim.definitions.playbook.read import Examined
from incidentsim.domain.errors import UnknownNameError
from incidentsim.domain.evaluation import Late, Occurred
from incidentsim.domain.playbook import Playbook, Track
from incidentsim.domain.text import Language
from incidentsim.exports.explaining.left_out import LeftOut, marked
from incidentsim.exports.explaining.model import Explained, Explanation, Section
from incidentsim.exports.explaining.roles import role_section
from incidentsim.exports.wording.conditions import condition_words, patterns_words
from incidentsim.exports.wording.local_time import duration_words
from incidentsim.exports.wording.names import Names
from incidentsim.exports.wording.playbook_words import playbook_names
from incidentsim.exports.wording.procedure.basis import basis_mark
from incidentsim.exports.wording.procedure.judgements import criterion_words, judgement_rows
from incidentsim.exports.wording.procedure.levels import level_table
from incidentsim.exports.wording.procedure.matrix import working_hours_words
from incidentsim.messages import gettext as _


def explain(examined: Examined, language: Language, role: str | None = None) -> Explanation:
    """A playbook in prose, with what its file leaves out marked as default.

    Args:
        examined: a playbook in which nothing is wrong.
        language: the language to speak.
        role: the role that is told of alone; the whole procedure if left out.

    Raises:
        UnknownNameError: there is no such role.
        ValueError: something is wrong with the playbook.
    """
    playbook, shape = examined.playbook, examined.shape
    if playbook is None or shape is None or examined.problems:
        raise ValueError("a playbook with problems has nothing to explain")
    if role is not None and role not in playbook.roles:
        message = _("There is no role {name}; valid are {names}.").format(name=role, names=_(", ").join(playbook.roles))
        raise UnknownNameError(message, kind="role", name=role, known=playbook.roles)
    teller = _Teller(playbook, playbook_names(playbook, language), LeftOut(examined, playbook, shape))
    sections = teller.whole() if role is None else [teller.role(role)]
    title = playbook.title.say(language)
    return Explanation(playbook.id, playbook.version, title, tuple(one for one in sections if one.lines))


class _Teller:
    def __init__(self, playbook: Playbook, names: Names, left_out: LeftOut) -> None:
        self._playbook = playbook
        self._names = names
        self._left_out = left_out

    def whole(self) -> list[Section]:
        """Every section."""
        return [
            Section(_("The procedure"), tuple(self._frame())),
            Section(_("Levels"), tuple(self._levels())),
            Section(_("What has to be judged"), tuple(self._judgements())),
            Section(_("What happens"), tuple(self._tracks())),
            *(self.role(role) for role in self._playbook.roles),
            Section(_("How an exercise is rated"), tuple(self._ratings())),
            Section(_("What is cited"), tuple(self._clauses())),
            Section(_("What the file leaves out"), tuple(self._defaults())),
        ]

    def role(self, role: str) -> Section:
        """Return the section on one role."""
        return role_section(self._playbook, role, self._names, self._left_out)

    def _frame(self) -> Iterator[Explained]:
        book, names = self._playbook, self._names
        yield self._told(_("Version {version}").format(version=book.version), default=("version",) in self._left_out)
        if book.sources:
            titles = _("; ").join(names.say(source.title) for source in book.sources.values())
            yield self._told(_("Rests on: {sources}").format(sources=titles))
        phases = _(" → ").join(names.say(phase.title) for phase in book.phases.values())
        yield self._told(_("Phases: {phases}").format(phases=phases), default=("phases",) in self._left_out)
        channels = names.listed(names.say(title) for title in book.channels.values())
        yield self._told(_("Channels: {channels}").format(channels=channels), default=("channels",) in self._left_out)
        hours = working_hours_words(book)
        if book.working_hours is not None:
            mark = basis_mark(book.working_hours.basis, names)
            yield Explained(_("Working hours: {hours}.").format(hours=hours), mark)
        for name, title in self._labels():
            yield self._told(_("The field {name} is called “{title}”").format(name=name, title=title), default=True)

    def _labels(self) -> Iterator[tuple[str, str]]:
        """The fields that are called so by default."""
        for path in self._left_out.under("fields"):
            yield str(path[1]), self._names.field(str(path[1]))

    def _told(self, words: str, mark: str = "", *, default: bool = False, indent: int = 0) -> Explained:
        words = marked(words, default=default)
        return Explained(_("{words}.").format(words=words), mark, default, indent)

    def _levels(self) -> Iterator[Explained]:
        table = level_table(self._playbook, self._names)
        if not table.levels:
            yield Explained(_("Nothing is graded."))
            return
        for level in table.levels:
            said = []
            for threshold in level.thresholds:
                default = ("measures", threshold.measure) in self._left_out
                title = marked(threshold.title, default=default)
                said.append(_("{measure} {threshold}").format(measure=title, threshold=threshold.words))
            words = _(" or ").join(said) or _("everything else")
            default = any(("measures", one.measure) in self._left_out for one in level.thresholds)
            told = _("{number}, {level}: {words}.").format(number=level.level, level=level.name, words=words)
            yield Explained(told, level.mark, default)
        for factor in table.aggravations:
            words = _("{measure}: {threshold} – {levels}").format(
                measure=factor.threshold.title, threshold=factor.threshold.words, levels=factor.words
            )
            yield self._told(words, factor.mark)
        yield from (Explained(rule) for rule in table.rules)

    def _judgements(self) -> Iterator[Explained]:
        for row in judgement_rows(self._playbook, self._names):
            yield Explained(row.title, row.mark, head=True)
            for title, criteria in ((_("Speaks for it"), row.speaks_for), (_("Speaks against it"), row.speaks_against)):
                for one in criteria:
                    words = _("{title}: {words}").format(title=title, words=criterion_words(one))
                    yield Explained(words, indent=1)

    def _tracks(self) -> Iterator[Explained]:
        for track in self._playbook.tracks.values():
            if not track.id.startswith("notice_"):
                yield from self._track(track)
        if ("notice_states",) in self._left_out:
            track = next(one for one in self._playbook.tracks.values() if one.id.startswith("notice_"))
            states = self._names.listed(self._names.say(state.title) for state in track.states.values())
            yield self._told(_("The states of a notice: {states}").format(states=states), default=True)

    def _track(self, track: Track) -> Iterator[Explained]:
        names, path = self._names, ("tracks", track.id)
        title = marked(names.say(track.title), default=(*path, "title") in self._left_out)
        made = (*path, "states") in self._left_out
        yield Explained(title, default=(*path, "title") in self._left_out, head=True)
        states = [
            _("{state} (may rest here)").format(state=names.say(state.title)) if state.final else names.say(state.title)
            for state in track.states.values()
        ]
        begins = _("States, the first is where it begins: {states}").format(states=_(", ").join(states))
        yield self._told(begins, default=made, indent=1)
        if track.main:
            by_phase = [
                _("{phase}: {states}").format(
                    phase=names.say(phase.title),
                    states=_(", ").join(
                        names.say(state.title) for state in track.states.values() if state.phase == phase.id
                    ),
                )
                for phase in self._playbook.phases.values()
            ]
            yield self._told(_("; ").join(by_phase), default=("phases",) in self._left_out, indent=1)
        for step in track.steps:
            if step.automatic:
                because = [patterns_words(step.on, names), condition_words(step.when, names)]
                words = _("By itself: {step}, once {fact}").format(
                    step=names.say(step.title), fact=_("; ").join(filter(None, because))
                )
                yield self._told(words, basis_mark(step.basis, names), indent=1)

    def _ratings(self) -> Iterator[Explained]:
        default = ("objectives",) in self._left_out
        for objective in self._playbook.objectives.values():
            title = marked(self._names.say(objective.title), default=default)
            yield Explained(title, basis_mark(objective.basis, self._names), default, head=True)
            for task in objective.tasks.values():
                words = self._names.say(task.title)
                beyond = [one.beyond for one in task.major if isinstance(one, Late)]
                if default:
                    parts = [_("P done"), *([_("S late")] if task.some else [])]
                    parts += [_("M later than {length}").format(length=duration_words(one)) for one in beyond]
                    refused = any(isinstance(one, Occurred) for one in task.major)
                    parts += [_("M refused before")] if refused else []
                    parts.append(_("U never"))
                    words = _("{title}: {parts}").format(title=words, parts=_(", ").join(parts))
                yield self._told(words, basis_mark(task.basis, self._names), indent=1)

    def _clauses(self) -> Iterator[Explained]:
        for clause in self._playbook.clauses.values():
            if ("clauses", clause.id) not in self._left_out:
                yield Explained(_("{clause}: {says}").format(clause=clause.id, says=self._names.say(clause.says)))

    def _defaults(self) -> Iterator[Explained]:
        left_out, names = self._left_out, self._names
        steps = (step for track in self._playbook.tracks.values() for step in track.steps)
        takes = [step.title for step in steps if not step.automatic and left_out.step(step, "takes")]
        sentences = [
            (("version",), _("version: the version is {version}").format(version=self._playbook.version)),
            (("phases",), _("phases: those of the field, by what the steps mean")),
            (("channels",), _("{key}: {names}").format(key="channels", names=_(", ").join(self._playbook.channels))),
            (("notice_states",), _("notice_states: what the states of a notice are called")),
            (("objectives",), _("objectives: a task for each duty and notice")),
        ]
        for path, words in sentences:
            if path in left_out:
                yield Explained(_("{words}.").format(words=words), default=True)
        if ("usual_times",) in left_out and takes:
            said = names.listed(dict.fromkeys(map(names.say, takes)))
            yield self._told(_("usual_times and takes: five minutes for {steps}").format(steps=said), _("assumption"))
        measures = [str(path[1]) for path in left_out.under("measures")]
        if measures:
            yield self._told(_("{key}: {names}").format(key="measures", names=_(", ").join(measures)))
        fields = [str(path[1]) for path in left_out.under("fields")]
        if fields:
            yield self._told(_("fields: labels for {names}").format(names=_(", ").join(fields)))
        sections = [str(path[1]) for path in left_out.under("clauses")]
        if sections:
            says = names.say(self._playbook.clauses[sections[0]].says)
            message = _("clauses: no words for {names}; in their place stands, such as for {first}: {says}")
            yield Explained(message.format(names=_(", ").join(sections), first=sections[0], says=says), default=True)
        if any(path[-1] == "title" for path in left_out.under()):
            yield self._told(_("titles: made from ids, of duties from the step that settles them"))
