"""`incidentsim glossary`: the words of the field in both languages, what they mean, and where they come from."""

from typing import TYPE_CHECKING

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import format_option
from incidentsim.cli.output import say, say_json
from incidentsim.domain.errors import InputError
from incidentsim.domain.unknown_names import nearest
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from incidentsim.domain.facts import Json
    from incidentsim.domain.glossary import Term
    from incidentsim.domain.text import Language


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_(
            "Look up a term in the glossary: its name in English and Chinese, what it means, which documents use it, "
            "and which words are not used for it here. Without WORDS, all terms."
        )
    )
    @click.argument("words", nargs=-1, metavar=_("[WORDS]..."))
    @format_option()
    @click.pass_obj
    def glossary(frontend: Frontend, words: tuple[str, ...], output_format: str) -> ExitCode:
        from incidentsim.definitions.library.glossary import shipped_glossary

        terms = _wanted(shipped_glossary(), " ".join(words).strip())
        if output_format == "json":
            say_json({"terms": [_as_json(term) for term in terms]})
        else:
            say(_lines(terms, frontend.language))
        return ExitCode.POSITIVE

    return glossary


def _wanted(terms: "Sequence[Term]", words: str) -> "list[Term]":
    """The terms that mention `words`, those that are called so first.

    Raises:
        InputError: none does; the nearest name is told.
    """
    mentioning = [term for term in terms if term.mentions(words)]
    if not mentioning:
        near = nearest(words, [name for term in terms for name in (term.name.en, term.name.zh)])
        message = _("No term of the glossary holds {words}.").format(words=words)
        if near is not None:
            message = _("No term of the glossary holds {words}; the nearest is {near}.").format(words=words, near=near)
        raise InputError(message)
    return sorted(mentioning, key=lambda term: words.casefold() not in f"{term.name.en}\n{term.name.zh}".casefold())


def _lines(terms: "Sequence[Term]", language: "Language") -> "Iterator[str]":
    other: Language = "en" if language == "zh" else "zh"
    for number, term in enumerate(terms):
        if number:
            yield ""
        yield f"{term.name.say(language)} · {term.name.say(other)}"
        yield f"  {term.definition.say(language)}"
        source = _("a term of this program") if term.source == "ours" else term.source
        yield "  " + _("Source: {source}").format(source=source)
        if avoided := term.avoid.get(language):
            yield "  " + _("Not: {words}").format(words=_(", ").join(avoided))


def _as_json(term: "Term") -> "dict[str, Json]":
    return {
        "id": term.id,
        "en": term.name.en,
        "zh": term.name.zh,
        "definition": {"en": term.definition.en, "zh": term.definition.zh},
        "source": term.source,
        "avoid": {language: list(words) for language, words in term.avoid.items()},
    }
