"""What a rule rests on, in words."""

from incidentsim.domain.basis import Basis
from incidentsim.exports.wording.names import Names
from incidentsim.messages import gettext as _


def basis_mark(basis: Basis, names: Names) -> str:
    """Return the basis as a short mark: an article or clauses, and whether the rule is an assumption."""
    if basis.kind == "regulation":
        return _("{instrument}, {article}").format(
            instrument=names.say(basis.instrument), article=names.say(basis.article)
        )
    assumed = (_("assumption"),) if basis.kind == "assumption" else ()
    return names.listed([*basis.clauses, *assumed])


def basis_words(basis: Basis, names: Names) -> str:
    """Return the basis in words: a regulation's article, clauses, or an assumption of the playbook."""
    if basis.kind == "regulation":
        return basis_mark(basis, names)
    clauses = names.listed(basis.clauses)
    if basis.kind == "assumption":
        if clauses:
            return _("assumption of this playbook, on the occasion of clause {clauses}").format(clauses=clauses)
        return _("assumption of this playbook")
    return _("clause {clauses}").format(clauses=clauses)
