"""The short form of what a step or notice asks for, `asks`, written out as `requires` and `fields`."""

import re
from typing import Final

from incidentsim.definitions.formats.common import IDENTIFIER, TextShape
from incidentsim.definitions.formats.fields import AsksShape, FieldShape, FieldTitleShape
from incidentsim.definitions.formats.owing import NoticeShape
from incidentsim.definitions.formats.playbook import PlaybookShape, StepShape
from incidentsim.definitions.playbook.filling.words import FIELDS, LEVEL_FIELD, in_words
from incidentsim.definitions.yaml12.findings import Findings
from incidentsim.definitions.yaml12.problems import Path
from incidentsim.domain.field_kinds import FieldKind
from incidentsim.messages import gettext as _

_NOT_IN_IDS: Final = re.compile("[^a-z0-9]+")


class Asking:
    """Gathers the fields of a playbook while what its steps ask for is written out.

    Attributes:
        fields: what each piece of content is called.
        defaulted: those that are called so by default.
    """

    def __init__(self, shape: PlaybookShape, findings: Findings, language: str) -> None:
        self.fields: dict[str, FieldTitleShape] = dict(shape.fields)
        self.defaulted: list[str] = []
        self._free = not shape.fields
        self._findings = findings
        self._language = language

    def step(self, step: StepShape, path: Path) -> StepShape:
        """The step with what it asks for written out."""
        requires = self._requires(step.asks, step.requires, path)
        self._label((*requires, *step.may))
        return step if requires == step.requires else step.model_copy(update={"requires": requires})

    def notice(self, notice: NoticeShape, path: Path) -> NoticeShape:
        """The same of a notice."""
        requires = self._requires(notice.asks, notice.requires, path)
        self._label((*requires, *notice.may))
        return notice if requires == notice.requires else notice.model_copy(update={"requires": requires})

    def _requires(self, asks: AsksShape | None, requires: dict[str, FieldShape], path: Path) -> dict[str, FieldShape]:
        asked: dict[str, FieldShape] = {}
        if isinstance(asks, list):
            for index, words in enumerate(asks):
                name = self._name(words, (*path, "asks", index))
                if name is not None:
                    asked[name] = _kind(name)
        elif asks is not None:
            for name, label in asks.items():
                self.fields.setdefault(name, label)
                asked[name] = _kind(name)
        for name in asked:
            if name in requires:
                self._findings.add(
                    (*path, "requires", name), _("{name} is required already.").format(name=name), key=True
                )
        return {**asked, **requires}

    def _name(self, words: str, path: Path) -> str | None:
        """The id of what is asked for by a label; the label itself where it is one."""
        if re.match(IDENTIFIER, words):
            if words not in self.fields:
                self._default(words)
            return words
        name = _NOT_IN_IDS.sub("_", words.lower()).strip("_")
        if not re.match(IDENTIFIER, name):
            message = _("No id can be made of {words}; write asks as a mapping: {{seen: {words}}}.")
            self._findings.add(path, message.format(words=words))
            return None
        self.fields.setdefault(name, FieldTitleShape.model_validate({self._language: words}))
        return name

    def _label(self, names: tuple[str, ...]) -> None:
        """Give a label to what has none, in a playbook that labels nothing by itself."""
        for name in names:
            if self._free and name not in self.fields:
                self._default(name)

    def _default(self, name: str) -> None:
        words = FIELDS.get(name) or _small(name, self._language)
        self.fields[name] = FieldTitleShape.model_validate(words.words)
        self.defaulted.append(name)


def _small(name: str, language: str) -> TextShape:
    words = in_words(name, language).words[language]
    return TextShape.model_validate({language: words[:1].lower() + words[1:]})


def _kind(name: str) -> FieldShape:
    return FieldKind.LEVEL if name == LEVEL_FIELD else FieldKind.TEXT
