"""Shapes that playbooks and scenarios share: texts, durations, patterns and conditions as they stand in a file.

These classes are the file format and the source of its JSON Schema; the field descriptions are what an editor shows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Tag,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from incidentsim.definitions.formats.durations import parse_duration
from incidentsim.definitions.yaml12.positions import KEY_MEANT
from incidentsim.domain.text import LANGUAGE_TAG, LANGUAGES, is_language_tag

IDENTIFIER: Final = r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$"
DURATION: Final = r"^(0|[1-9][0-9]*)(ms|s|m|h|d)( (0|[1-9][0-9]*)(ms|s|m|h|d))*$"
LOCAL_RANGE: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]/([01][0-9]|2[0-3]):[0-5][0-9]$"
WORDS: Final = r"\S"
"""A text must hold something that can be seen."""


def _check_duration(text: str) -> str:
    try:
        parse_duration(text)
    except ValueError:
        raise PydanticCustomError("duration", "units from the largest down, at most a hundred years") from None
    return text


Identifier = Annotated[str, Field(pattern=IDENTIFIER, max_length=80, description="lower-case letters, digits, - and _")]
RECEIVER: Final = rf"{IDENTIFIER}|^@(incident|facilitator)$"
Receiver = Annotated[str, Field(pattern=RECEIVER, max_length=80)]
"""Whom a message is for: a name, or one of the two words that no name can be."""

Duration = Annotated[
    str,
    Field(pattern=DURATION, max_length=40, description="a duration as people write it: 90s, 15m, 4h, 2d, 1h 30m"),
    AfterValidator(_check_duration),
]
NO_LIMIT: Final = "none"
"""Written in place of a time limit where there is none."""
LIMIT: Final = rf"^{NO_LIMIT}$|{DURATION}"


def _check_limit(text: str) -> str:
    return text if text == NO_LIMIT else _check_duration(text)


Limit = Annotated[
    str,
    Field(pattern=LIMIT, max_length=40, description="a duration: 15m, 4h, 2d, 1h 30m; none: there is no limit"),
    AfterValidator(_check_limit),
]
LocalRange = Annotated[str, Field(pattern=LOCAL_RANGE, description="12:00/13:30")]
Words = Annotated[str, Field(pattern=WORDS)]
LanguageTag = Annotated[str, Field(pattern=LANGUAGE_TAG, description="a language tag (RFC 5646): en, zh, de, pt-BR")]


def by_type(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    """Return the sort of a value: `flag`, `number`, `text`, `list` or `mapping`; `None` for any other type."""
    sorts = ((bool, "flag"), (int, "number"), (str, "text"), (list, "list"), (Mapping | BaseModel, "mapping"))
    return next((sort for kind, sort in sorts if isinstance(value, kind)), None)


def keys_of(value: Any) -> frozenset[str]:  # noqa: ANN401 - whatever stands in the file
    """The keys of a mapping, or those that were given of a shape; none of anything else."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return frozenset(fields[name].alias or name for name in value.model_fields_set)
    return frozenset(str(key) for key in value) if isinstance(value, Mapping) else frozenset()


SORTS: Final = Discriminator(
    by_type, custom_error_type="sort", custom_error_message="a value of another sort is needed here"
)
"""Tells the alternatives of a union apart by sort, so that one mistake is one error."""

Name = Annotated[Identifier, Tag("text")]
Names = Annotated[list[Identifier], Field(min_length=1), Tag("list")]
NameOrNames = Annotated[Name | Names, SORTS]


class Shape(BaseModel):
    """A mapping in a file; an unknown key is an error, and `no` is not false, nor `12` a number in quotes."""

    # A shape is built when it is first used: most commands read no clock packs, maps of controls or scenarios.
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, strict=True, defer_build=True)

    OLD_KEYS: ClassVar[Mapping[str, str]] = {}
    """Keys that are read as well: what they were called in earlier files and records, and what they are called now."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of one document.

    Attributes:
        own: that of a text without a language.
        asked: those in which every text has to be.
        others: further ones in which a text may be; any, where none is asked for.
    """

    own: str
    asked: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """All in which a text may be."""
        return tuple(dict.fromkeys((*self.asked, self.own, *self.others)))


UNDETERMINED: Final = "und"
"""The tag of words whose language is not told (RFC 5646): in a document, its own."""
ANY: Final = Languages(UNDETERMINED, ())
"""Nothing is asked for and nothing is strange: for whoever reads a document, or a part, that is judged elsewhere."""
BOTH: Final = Languages(LANGUAGES[0], LANGUAGES)
"""Those of what comes with the program: English and Chinese, and every text in both."""


STRANGE_LANGUAGE: Final = "strange_language"
"""The kind of an error: a key of a text is none of the languages in which it may be."""
MISSING_LANGUAGE: Final = "missing_language"
"""The kind of an error: a text is missing in languages that are asked for."""


class TextShape(Shape):
    """A text: plain words in the document's own language, or words by language tag.

    Which languages are asked for, and which may stand there besides, is said by the document (`Languages`, the
    context of validation); without that context, any may stand there and one has to.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Words]

    en: Words | None = Field(None, description="the text in English")
    zh: Words | None = Field(None, description="the text in Chinese")

    @property
    def words(self) -> dict[str, str]:
        """The words by language tag."""
        given = {"en": self.en, "zh": self.zh, **(self.__pydantic_extra__ or {})}
        return {tag: words for tag, words in given.items() if words is not None}

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: Any, info: ValidationInfo) -> Any:  # noqa: ANN401 - whatever stands in the file
        """Plain words are in the document's own language."""
        own = info.context.own if isinstance(info.context, Languages) else ANY.own
        if isinstance(value, str):
            return {own: value}
        if isinstance(value, dict) and UNDETERMINED in value:
            return {own if tag == UNDETERMINED else tag: words for tag, words in value.items()}
        return value

    @model_validator(mode="after")
    def _in_its_languages(self, info: ValidationInfo) -> Self:
        languages: Languages = info.context if isinstance(info.context, Languages) else ANY
        words = self.words
        missing = [tag for tag in languages.asked if tag not in words] or ([] if words else [LANGUAGES[0]])
        strange = [tag for tag in words if languages.asked and tag not in languages.known]
        if strange:
            raise PydanticCustomError(
                STRANGE_LANGUAGE, "not a language of this document", {KEY_MEANT: strange[0], "known": languages.known}
            )
        if missing:
            raise PydanticCustomError(
                MISSING_LANGUAGE, "a language is missing", {KEY_MEANT: missing[0], "missing": missing}
            )
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Plain words, or the keys of this shape and words by any language tag."""
        mapping = handler.resolve_ref_schema(handler(core))
        mapping["additionalProperties"] = False
        mapping["patternProperties"] = {LANGUAGE_TAG: {"type": "string", "pattern": WORDS}}
        plain = {"type": "string", "pattern": WORDS, "description": "the text, in the document's own language"}
        return {"anyOf": [plain, mapping]}


def unsaid() -> TextShape:
    """Stands for a title that a file leaves out, until one is made for it; it has no words."""
    return TextShape.model_construct()


def is_text_mapping(value: Any) -> bool:  # noqa: ANN401 - whatever stands in the file
    """Whether a mapping is a text by language, rather than values by the names of what was measured."""
    if isinstance(value, BaseModel):
        return isinstance(value, TextShape)
    if not isinstance(value, Mapping):
        return False
    return bool(keys_of(value) & set(LANGUAGES)) or all(
        is_language_tag(str(key)) and isinstance(said, str) and not re.match(DURATION, said)
        for key, said in value.items()
    )


def is_text(shape: object) -> bool:
    """Whether a type of the formats is that of a text, alone or with further keys."""
    return isinstance(shape, type) and issubclass(shape, TextShape)


WordsOrText = Annotated[Annotated[Words, Tag("text")] | Annotated[TextShape, Tag("mapping")], SORTS]
"""Words that are the same in all languages, or a text."""


class PatternShape(Shape):
    """What a fact looks like; what is left out matches anything.

    `fact` may be left out where `do`, or `track` and `state`, are given: a step that was taken is meant.
    """

    fact: str | None = Field(None, description="the kind of fact; state_entered is short for a step into that state")
    do: Identifier | None = Field(None, description="the step or forbidden act")
    track: Identifier | None = None
    state: Identifier | None = Field(None, description="the state that a step led to")
    incident: Identifier | None = None
    duty: Identifier | None = None
    by: Identifier | None = Field(None, description="the role or person who acted")
    to: Identifier | None = Field(None, description="the role, body or person that was told")
    why: str | None = Field(None, description="the kind of a refusal")
    circumstance: Identifier | None = None
    inject: Identifier | None = None
    level: int | None = None
    anchor: Identifier | None = Field(None, description="the kind of moment that starts regulatory deadlines")
    clock: Identifier | None = Field(None, description="the regulatory deadline whose filing was made")
    act: str | None = Field(None, description="what somebody did by a message: inform, ask, answer and others")

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The name of a step, or the keys of this shape."""
        mapping = handler.resolve_ref_schema(handler(core))
        name = {"type": "string", "pattern": IDENTIFIER, "description": "the name of a step that was taken"}
        return {"anyOf": [name, mapping]}


def _by_name(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    """A step's name alone is short for the pattern of that step."""
    if isinstance(value, list):
        return [{"do": item} if isinstance(item, str) else item for item in value]
    return {"do": value} if isinstance(value, str) else value


PatternOrPatterns = Annotated[
    Annotated[PatternShape, Tag("mapping")] | Annotated[list[PatternShape], Field(min_length=1), Tag("list")],
    SORTS,
    BeforeValidator(_by_name),
]
"""What one fact, or one of several, looks like; the name of a step alone means that it was taken."""


class AllShape(Shape):
    """Holds when every part holds."""

    all: list["ConditionShape"]


class AnyShape(Shape):
    """Holds when some part holds."""

    any: list["ConditionShape"] = Field(min_length=1)


class NotShape(Shape):
    """Holds when its part does not."""

    not_: "ConditionShape" = Field(alias="not")


class TrackShape(Shape):
    """Holds while the incident stands in one of these states on this track."""

    track: Identifier
    in_: list[Identifier] = Field(alias="in", min_length=1)


class LevelShape(Shape):
    """Holds while the incident is graded at this level or more severe."""

    level_at_least: int


class RoleShape(Shape):
    """Holds when whoever acts does so in one of these roles or bodies."""

    role_is: list[Identifier] = Field(min_length=1)


class HappenedShape(Shape):
    """Holds when a fact like this is on record for the incident (not longer ago than `within`)."""

    happened: PatternShape
    within: Duration | None = None


CONDITION_KEYS: Final[tuple[str, ...]] = ("all", "any", "not", "track", "level_at_least", "role_is", "happened")
"""The keys that tell the sorts of condition apart; each has one of them."""


def _which_condition(value: Any) -> str | None:  # noqa: ANN401 - whatever stands in the file
    keys = keys_of(value)
    return next((key for key in CONDITION_KEYS if key in keys), None)


ConditionShape = Annotated[
    Annotated[AllShape, Tag("all")]
    | Annotated[AnyShape, Tag("any")]
    | Annotated[NotShape, Tag("not")]
    | Annotated[TrackShape, Tag("track")]
    | Annotated[LevelShape, Tag("level_at_least")]
    | Annotated[RoleShape, Tag("role_is")]
    | Annotated[HappenedShape, Tag("happened")],
    Discriminator(
        _which_condition,
        custom_error_type="condition",
        custom_error_message="a condition has one of the keys all, any, not, track, level_at_least, role_is, happened",
    ),
]
# The first three speak of conditions before there were any.
for _shape in (AllShape, AnyShape, NotShape):
    _shape.model_rebuild()

BasisWord = Literal["documented", "regulation", "assumption"]


class RegulationShape(Shape):
    """A law or standard as a rule's basis."""

    regulation: WordsOrText = Field(description="the instrument, in both languages where it is called differently")
    article: WordsOrText = Field(description="the article, section or paragraph in it")


BasisShape = Annotated[Annotated[BasisWord, Tag("text")] | Annotated[RegulationShape, Tag("mapping")], SORTS]

CLAUSE_ID: Final = r"^[A-Za-z][A-Za-z0-9.-]*$"
ClauseId = Annotated[str, Field(pattern=CLAUSE_ID, max_length=40)]
ClauseRefs = Annotated[
    Annotated[ClauseId, Tag("text")] | Annotated[list[ClauseId], Field(min_length=1), Tag("list")], SORTS
]


SECTION: Final = r"^[A-Za-z0-9§][A-Za-z0-9§.-]*$"
Section = Annotated[str, Field(pattern=SECTION, max_length=40)]
Sections = Annotated[
    Annotated[Section, Tag("text")] | Annotated[list[Section], Field(min_length=1), Tag("list")], SORTS
]
AT: Final = "the section of the one source that says it, in place of a clause: 4.2"


class Cited(Shape):
    """A rule that may cite where it is said."""

    clause: ClauseRefs | None = Field(None, description="the clause or clauses of the sources that say it")
    at: Sections | None = Field(None, description=AT)


class Grounded(Cited):
    """A rule that says why it holds: a clause, or another basis."""

    basis: BasisShape | None = Field(
        None,
        description="documented (the default where a clause is named), assumption, or a regulation with its article",
    )
