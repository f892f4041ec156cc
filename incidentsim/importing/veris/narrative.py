"""The story: what the facts of a record are as messages that reach people, one after the other.

Whatever is told is noted in the record as carried over.
"""

from incidentsim.domain.text import Text
from incidentsim.importing.measured import Measured
from incidentsim.importing.message import Message
from incidentsim.importing.phrasing import fill, headlined, in_headline, listed, passage
from incidentsim.importing.veris.content import Actor, Asset, Deed, Facts
from incidentsim.importing.veris.loss import Loss
from incidentsim.importing.veris.record import Record
from incidentsim.importing.veris.scope import data, outage
from incidentsim.importing.veris.sentences import list_of, told
from incidentsim.importing.veris.vocabulary.entries import Opening, Route
from incidentsim.importing.veris.vocabulary.story import story
from incidentsim.importing.veris.vocabulary.tables import nouns, openings, other_openings, text_of, words_at
from incidentsim.messages import gettext as _


def headline(facts: Facts) -> Text:
    """Return a title of a few words: the most telling deed, and the asset it was done to."""
    deed = _deed_headline(facts)
    asset = _chief_asset(facts)
    return deed if asset is None else fill(story().headline, deed=deed, asset=asset)


def suspicion(facts: Facts) -> Text:
    """Return a title for the time before anything is known but the asset that is concerned."""
    asset = _chief_asset(facts)
    return story().suspicion_only if asset is None else fill(story().suspicion, asset=asset)


def concerns(facts: Facts) -> Text:
    """Return the sentence that names the assets concerned."""
    known = [asset for asset in facts.assets if asset.id != "unknown"]
    if not known:
        return story().concerns_unknown
    return fill(story().concerns, assets=listed([nouns()[asset.id].named() for asset in known]))


def first_sign(record: Record, facts: Facts) -> Message:
    """Make the message with which the story opens; the values that it tells are noted as carried over."""
    opening = _opening(record, facts)
    said = [opening.says, concerns(facts)]
    for asset in facts.assets:
        record.carry(*((*path, "variety") for path in asset.paths), *_short_forms(record, asset))
    attribute = record.section(("attribute",))
    said += [story().sign_of_disclosure] if "confidentiality" in attribute else []
    said += [story().sign_of_change] if "integrity" in attribute else []
    said += [story().sign_of_absence] if "availability" in attribute else []
    said.append(story().unchecked)
    return Message("first-sign", suspicion(facts), passage(said), opening.by.channels)


def findings(record: Record, facts: Facts) -> Message:
    """Make the message about what was done, and, for a record that is no incident, how it ended.

    The values that it tells are noted as carried over.
    """
    said = {"near miss": [story().tried], "false positive": [story().harmless]}.get(facts.status, [])
    said = said + deeds(record, facts)
    said += {"near miss": [story().failed], "false positive": [story().nothing_happened]}.get(facts.status, [])
    subject = story().findings if facts.is_incident else story().outcome
    return Message("findings", subject, passage(said), Route.CHAT.channels)


def deeds(record: Record, facts: Facts) -> list[Text]:
    """Return the sentences about the deeds, in the order of the record; the values told are noted as carried over."""
    said = []
    for deed in facts.deeds:
        said += _deed(record, deed)
    return said or [story().deeds["unknown"]]


def root_cause(record: Record, facts: Facts) -> Text:
    """Return what the record says of the cause, for facilitators; where it says nothing, that it is unknown.

    That nothing is known of it is noted as assumed.
    """
    if any(deed.category != "unknown" for deed in facts.deeds):
        return passage(deeds(record, facts))
    record.assume(("action",), _("The record does not say what caused it; the cause is taken to be unknown."))
    return story().cause_unsaid


def extent(record: Record, facts: Facts, measured: Measured, *, still_active: bool) -> Message:
    """Make the message about the extent: assets, data, changes and outage; its values are noted as carried over."""
    said = [_affected(record, facts)] if facts.assets else []
    in_all = record.count(("asset", "total_amount"))
    if in_all:
        record.carry(("asset", "total_amount"))
        said.append(fill(story().assets_in_all, number=f"{in_all:,}"))
    for name in ("ownership", "hosting", "cloud", "management", "role"):
        said += told(record, record.words(("asset", name), f"asset.{name}"), f"asset.{name}")
    said += data(record, facts)
    for word in facts.integrity:
        record.carry(word.path)
        said.append(words_at("attribute.integrity.variety")[word.id])
    said += outage(record, facts)
    said += [story().still_active] if still_active else []
    if measured.estimate is not None:
        measure = measured.playbook.measures[measured.estimate.measure]
        number = f"{measured.estimate.at_least:,}" + ("%" if measure.unit == "percent" else "")
        said.append(fill(story().grading_estimate, measure=measure.title, number=number))
    return Message("extent", story().extent, passage(said or [story().concerns_unknown]), Route.MAIL.channels)


def who(record: Record, facts: Facts) -> Message | None:
    """Make the message about the actors and their motives; `None` where the record says nothing of them.

    The values that it tells are noted as carried over.
    """
    said = []
    if facts.actors:
        named = [noun for actor in facts.actors for noun in _named(record, actor)]
        said.append(fill(story().behind_it, actors=listed(named)))
        said += _motives(record, facts)
        changes = [change for actor in facts.actors for change in actor.job_changes]
        if changes:
            record.carry(*(change.path for change in changes))
            texts = [words_at("actor.internal.job_change")[change.id] for change in changes]
            said.append(fill(story().job_change, changes=listed(texts)))
    aim = record.word(("targeted",), "targeted")
    if aim is not None and aim.id != "unknown":
        record.carry(aim.path)
        said.append(words_at("targeted")[aim.id])
    return Message("who", story().who, passage(said), Route.MAIL.channels) if said else None


def damage(record: Record, loss: Loss) -> Message | None:
    """Make the message about the loss; `None` where the record says nothing of it."""
    said = loss.sentences(record)
    return Message("damage", story().damage, passage(said), Route.MAIL.channels) if said else None


def _opening(record: Record, facts: Facts) -> Opening:
    if facts.discovery is None:
        record.assume(("discovery_method",), _("The record does not say how it was discovered."))
        return other_openings()["unknown"]
    kind, variety, path = facts.discovery
    record.carry(path)
    if kind not in ("internal", "external", "partner"):
        return other_openings()["other" if kind == "other" else "unknown"]
    return openings(kind)["unknown" if variety is None else variety.id]


def _short_forms(record: Record, asset: Asset) -> list[tuple[str | int, ...]]:
    return [path for path in asset.paths if isinstance(record.at(path), str)]


def _deed(record: Record, deed: Deed) -> list[Text]:
    category = deed.category
    if category == "unknown":
        record.carry(("action", category), *(word.path for word in deed.results))
        return [story().deeds["unknown"], *told(record, deed.results, "action.unknown.result")]
    said = [fill(story().deeds[category], deeds=list_of(record, deed.varieties, f"action.{category}.variety"))]
    if deed.ways:
        said.append(_ways(record, deed))
    if deed.targets:
        targets = list_of(record, deed.targets, "action.social.target")
        said.append(fill(story().aimed_at, targets=targets))
    return said + told(record, deed.results, f"action.{category}.result")


def _ways(record: Record, deed: Deed) -> Text:
    ways = list_of(record, deed.ways, f"action.{deed.category}.vector")
    if all(way.id == "unknown" for way in deed.ways):
        return story().ways_unknown[deed.category]
    return fill(story().ways[deed.category], ways=ways)


def _affected(record: Record, facts: Facts) -> Text:
    named = []
    for asset in facts.assets:
        noun = nouns()[asset.id]
        if asset.amount:
            record.carry(*((*path, "amount") for path in asset.paths))
        named.append(noun.counted(asset.amount) if asset.amount else noun.named())
    return fill(story().affected, assets=listed(named))


def _named(record: Record, actor: Actor) -> list[Text]:
    if actor.kind == "unknown":
        record.carry(("actor", "unknown"))
        return [story().nobody_known]
    if actor.kind == "partner":
        return [story().partner]
    place = f"actor.{actor.kind}.variety"
    return [list_of(record, [word], place) for word in actor.varieties] or [list_of(record, [], place)]


def _motives(record: Record, facts: Facts) -> list[Text]:
    motives = [motive for actor in facts.actors for motive in actor.motives]
    sure = [motive for motive in motives if motive.id not in ("na", "unknown")]
    record.carry(*(motive.path for motive in motives))
    if sure:
        return [fill(story().motive, motives=listed([words_at("actor.external.motive")[motive.id] for motive in sure]))]
    return [words_at("actor.external.motive")[motive.id] for motive in motives[:1]]


def _deed_headline(facts: Facts) -> Text:
    category, means = facts.chief_deed()
    text = None if means is None else text_of(f"action.{category}.variety", means)
    return story().headline_unknown[category] if text is None else headlined(text)


def _chief_asset(facts: Facts) -> Text | None:
    """The thing that names the case: rather a thing than a person."""
    known = [asset for asset in facts.assets if asset.id != "unknown" and not asset.id.endswith(" - unknown")]
    chief = min(known, key=lambda asset: asset.group == "p", default=None)
    return None if chief is None else in_headline(nouns()[chief.id].named())
