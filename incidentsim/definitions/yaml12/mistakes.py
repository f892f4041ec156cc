"""The usual mistakes in writing YAML, told in plain words: what a parser says of them speaks of its own inside."""

import yaml

from incidentsim.messages import gettext as _


def in_plain_words(error: yaml.MarkedYAMLError) -> str:
    """Return what is wrong and what to do about it; empty where it is none of the usual mistakes."""
    context, problem = str(error.context or ""), str(error.problem or "")
    begun = error.context_mark
    opened = "" if begun is None else f"{begun.line + 1}:{begun.column + 1}"
    if context.startswith("while parsing a flow") and "expected ','" in problem and opened:
        return _(
            "the bracket that opens at {place} is not closed; a comma or the closing bracket is missing here"
        ).format(place=opened)
    if context.startswith("while scanning a quoted") and opened:
        return _("the quotation mark at {place} is not closed").format(place=opened)
    if "cannot start any token" in problem:
        return _(
            "no value begins with this character: indent with spaces and not with tabs, and put a text that begins so "
            "in quotes"
        )
    if "mapping values are not allowed" in problem:
        return _("a colon with a space after it stands within a text here: put the whole text in quotes")
    if context.startswith("while parsing a block") and "expected" in problem and opened:
        return _("this line does not belong to what begins at {place}: indent it as the lines beside it").format(
            place=opened
        )
    return ""
