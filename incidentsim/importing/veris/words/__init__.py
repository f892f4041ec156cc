"""Our words for the enumerations of VERIS, in English and Chinese, as tables of data.

The identifiers (the keys) are those of the VERIS schema 1.4.1; identifiers that only older records (1.3.3 and
later) carry stand at the end of their table. The texts are ours. Each table serves one place in a record, and
`TABLES` names the place; a lookup ignores case, because records do.
"""

from collections.abc import Mapping
from typing import Final

from incidentsim.domain.text import Text
from incidentsim.importing.veris.words import (
    actions_by_chance,
    actors,
    assets,
    attributes,
    circumstances,
    discovery,
    hacking,
    losses,
    malware,
    physical,
    results,
    social,
    times,
)

TABLES: Final[Mapping[str, Mapping[str, object]]] = {
    "security_incident": circumstances.STATUS,
    "confidence": circumstances.CONFIDENCE,
    "targeted": circumstances.TARGETED,
    "action.hacking.variety": hacking.VARIETY,
    "action.hacking.vector": hacking.VECTOR,
    "action.hacking.result": results.RESULT,
    "action.malware.variety": malware.VARIETY,
    "action.malware.vector": malware.VECTOR,
    "action.malware.result": results.RESULT,
    "action.social.variety": social.VARIETY,
    "action.social.vector": social.VECTOR,
    "action.social.target": social.TARGET,
    "action.social.result": results.RESULT,
    "action.misuse.variety": social.MISUSE_VARIETY,
    "action.misuse.vector": social.MISUSE_VECTOR,
    "action.misuse.result": results.RESULT,
    "action.physical.variety": physical.VARIETY,
    "action.physical.vector": physical.VECTOR,
    "action.physical.result": results.RESULT,
    "action.error.variety": actions_by_chance.ERROR_VARIETY,
    "action.error.vector": actions_by_chance.ERROR_VECTOR,
    "action.environmental.variety": actions_by_chance.ENVIRONMENTAL_VARIETY,
    "action.unknown.result": results.RESULT,
    "actor.external.variety": actors.EXTERNAL,
    "actor.external.motive": actors.MOTIVE,
    "actor.internal.variety": actors.INTERNAL,
    "actor.internal.motive": actors.MOTIVE,
    "actor.internal.job_change": actors.JOB_CHANGE,
    "actor.partner.motive": actors.MOTIVE,
    "asset.assets.variety": assets.VARIETY,
    "asset.ownership": assets.OWNERSHIP,
    "asset.cloud": assets.CLOUD,
    "asset.hosting": assets.HOSTING,
    "asset.management": assets.MANAGEMENT,
    "asset.role": assets.ROLE,
    "attribute.confidentiality.data_disclosure": attributes.DISCLOSURE,
    "attribute.confidentiality.data.variety": attributes.DATA,
    "attribute.confidentiality.data_victim": attributes.DATA_VICTIM,
    "attribute.confidentiality.state": attributes.DATA_STATE,
    "attribute.integrity.variety": attributes.INTEGRITY,
    "attribute.availability.variety": attributes.AVAILABILITY,
    "attribute.availability.duration.unit": times.UNIT,
    "discovery_method.external.variety": discovery.EXTERNAL,
    "discovery_method.internal.variety": discovery.INTERNAL,
    "discovery_method.partner.variety": discovery.PARTNER,
    "timeline.compromise.unit": times.UNIT,
    "timeline.exfiltration.unit": times.UNIT,
    "timeline.discovery.unit": times.UNIT,
    "timeline.containment.unit": times.UNIT,
    "impact.overall_rating": losses.OVERALL_RATING,
    "impact.loss.variety": losses.VARIETY,
    "impact.loss.rating": losses.RATING,
}
"""Where in a record a table applies: the path without `$` and without list positions."""


def text_of(place: str, identifier: str) -> Text | None:
    """Our words for an identifier at a place; `None` where we have none.

    Raises:
        TypeError: the place's table holds something richer than texts.
    """
    found = TABLES[place].get(identifier.casefold())
    if found is not None and not isinstance(found, Text):
        raise TypeError(f"the words for {place} are more than a text")
    return found
