"""NIST OSCAL assessment results: for each control what the record of an exercise holds, for tools that read OSCAL.

OSCAL asks an assessor to find objectives satisfied or not. An exercise decides neither: evidence in it shows that a
process was rehearsed, not that a control works; and no evidence in one run is not a control that fails. So:

- For each control an **objective of this document's own** is defined (`local-definitions`), which asks only whether
  the record of the exercise holds evidence. A finding's target is that objective (`objective-id`); a target of type
  `statement-id` would be the control itself. The objective's id does not begin with the control's id, so that nobody
  takes the one for the other by its name.
- There is a **finding** only where evidence was found: that objective is `satisfied`. Its `reason` is `other`, neither
  `pass` nor `fail`, and its remarks say what is satisfied and what has yet to be judged. Nothing here is ever
  `not-satisfied`: the state would say of a control more than a run can know.
- Every piece of evidence that a map asks for is an **observation**, found or not, with the sequence numbers of the
  entries and the controls that ask for it as properties. What was not found is said there, and again for each control
  in `reviewed-controls`.

There is no assessment plan in OSCAL, though the schema asks for one: `import-ap` refers to a resource of the document
that describes the exercise and names the digests of scenario and procedure. Files are those of the evidence bundle.
People appear by pseudonym; no word that was written in the exercise appears at all.

Times of `start`, `end` and `collected` are those of the recording. Ids are UUIDs of version 5 over the run's id and its
outcome digest; no clock and no chance is asked, so the same run gives the same bytes.

Source: the OSCAL assessment results model, version 1.2.1, https://pages.nist.gov/OSCAL-Reference/.
"""

from typing import TYPE_CHECKING

from incidentsim.domain.text import Language

if TYPE_CHECKING:
    from incidentsim.exports.reports.dossier import Dossier

__all__ = ["oscal"]


def oscal(dossier: "Dossier", *, language: Language = "en", members: str = "") -> bytes:
    """The assessment results of a run as JSON (UTF-8), valid against OSCAL 1.2.1.

    Args:
        dossier: the run, with what it holds for controls. Of its pins, `run`, `recorded_from` and `recorded_to` are
            needed; the others are told where they are known.
        language: the language of the texts. Ids, and so all references, are the same in each.
        members: what leads from the document to the members of the evidence bundle: empty where it lies beside them,
            `../` where it lies in a folder of the bundle.

    Raises:
        NothingToAssessError: no control was looked at, or a pin that is needed is missing.
    """
    from incidentsim.exports.oscal.document import assessment_results

    return assessment_results(dossier, language=language, members=members)
