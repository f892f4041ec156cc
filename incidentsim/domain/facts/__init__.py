"""Facts: what happened, in the past tense, as small frozen records of strings, integers, booleans, lists and objects.

A fact holds no wall-clock time, no host, no name and no float, so that the same exercise gives the same facts
on every machine. Free text stands in it as `{"text": …}`, which the ledger replaces by a commitment.
"""

from incidentsim.domain.facts.fact import FACT_FIELDS, IF_SAID, Fact
from incidentsim.domain.facts.kinds import (
    AFTERWARDS,
    INTERVENTIONS,
    DecisionSource,
    EndReason,
    FactKind,
    RefusalReason,
)
from incidentsim.domain.facts.texts import (
    MAX_INT,
    Json,
    because_to_json,
    content_to_json,
    free_text_of,
    name_to_json,
    value_to_json,
)

__all__ = [
    "AFTERWARDS",
    "FACT_FIELDS",
    "IF_SAID",
    "INTERVENTIONS",
    "MAX_INT",
    "DecisionSource",
    "EndReason",
    "Fact",
    "FactKind",
    "Json",
    "RefusalReason",
    "because_to_json",
    "content_to_json",
    "free_text_of",
    "name_to_json",
    "value_to_json",
]
