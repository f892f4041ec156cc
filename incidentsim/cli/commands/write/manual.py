"""`incidentsim manual`: the pages of the manual, one a topic."""

from typing import TYPE_CHECKING

import click

from incidentsim.cli.exit_codes import ExitCode
from incidentsim.cli.frontend import Frontend
from incidentsim.cli.options import format_option
from incidentsim.cli.output import fit_page, narrate, say, say_json
from incidentsim.messages import gettext as _

if TYPE_CHECKING:
    from incidentsim.domain.facts import Json
    from incidentsim.domain.text import Language


def command() -> click.Command:
    """Build the command."""

    @click.command(
        help=_("Read a page of the manual. Without TOPIC: which pages there are. The screens show the same pages.")
    )
    @click.argument("topic", required=False, metavar=_("[TOPIC]"))
    @format_option()
    @click.pass_obj
    def manual(frontend: Frontend, topic: str | None, output_format: str) -> ExitCode:
        from incidentsim.exports.manual.laying_out import plain_lines
        from incidentsim.exports.manual.pages import page, pages, topic_named
        from incidentsim.exports.wording.plain_text import PAGE

        language = frontend.language
        fit_page()
        if topic is None:
            _say_topics(language, as_json=output_format == "json")
            return ExitCode.POSITIVE
        read = page(topic_named(topic, language), language)
        if output_format == "json":
            say_json({"topic": read.topic.value, "title": read.title, "markdown": read.markdown})
            return ExitCode.POSITIVE
        say(plain_lines(read, PAGE.get()))
        following = [other for other in pages(language) if other.topic != read.topic]
        narrate(_("Other pages: {topics}").format(topics=_(", ").join(other.topic.value for other in following)))
        return ExitCode.POSITIVE

    return manual


def _say_topics(language: "Language", *, as_json: bool) -> None:
    from incidentsim.exports.manual.pages import pages
    from incidentsim.exports.wording.plain_text import columns

    if as_json:
        told: list[Json] = [
            {"topic": page.topic.value, "title": page.title, "summary": page.summary} for page in pages(language)
        ]
        say_json({"topics": told})
        return
    say(columns([[page.topic.value, page.title] for page in pages(language)]))
    narrate(_("incidentsim manual TOPIC shows a page."))
