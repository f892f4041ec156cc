"""What `plan --format json` prints. The keys are a contract: new ones may be added, none changes its meaning.

Times in the story are ms from its start; times of the session are minutes from its beginning.
"""

from collections.abc import Iterable

from incidentsim.domain.facts import Json
from incidentsim.domain.playbook import Playbook
from incidentsim.domain.scenario import Scenario
from incidentsim.exercise.forecast.reading import CHARACTERS_A_MINUTE, MINUTES_A_DECISION, WORDS_A_MINUTE
from incidentsim.exercise.planning.shapes import HOT_WASH_PART, MOST_PEOPLE, SEATING, Plan
from incidentsim.exercise.planning.typical_play import PLAYS, PRACTISED


def plan_json(playbook: Playbook, scenario: Scenario, plan: Plan) -> dict[str, Json]:
    """The plan of a session."""
    people = {person.pseudonym: person for person in scenario.people.values()}

    def told(names: Iterable[str]) -> list[Json]:
        return [
            {"person": people[name].id, "pseudonym": name, "roles": list[Json](people[name].roles)} for name in names
        ]

    return {
        "scenario": scenario.id,
        "playbook": playbook.id,
        "minutes": plan.minutes,
        "facilitated": plan.facilitated,
        "pace": "stepped" if plan.speed is None else "live",
        "speed": plan.speed,
        "players": [
            {
                "number": part.number,
                "people": told(part.people),
                "decisions": part.decisions,
                "messages": part.messages,
                "called": part.called,
            }
            for part in plan.players
        ],
        "bots": [{**_first(told([part.person])), "why": part.why, "decisions": part.decisions} for part in plan.bots],
        "outside": told(plan.outside),
        "decisions": plan.decisions,
        "differ_at_most_by": plan.bound,
        "agenda": [
            {
                "what": item.kind,
                "begins": item.begins,
                "minutes": item.minutes,
                "phase": item.phase,
                "story": list[Json](item.story) if item.story is not None else None,
                "decisions": item.decisions,
            }
            for item in plan.agenda
        ],
        "story": {"ends": plan.ends, "stops": plan.stops, "left_out": list[Json](plan.left_out)},
        "jumped": [{"begins": gap.begins, "ends": gap.ends} for gap in plan.gaps],
        "four_eyes": {
            "apart": [
                {"people": told(sorted(pair, key=list(people).index)), "step": step}
                for pair, step in plan.four_eyes.apart.items()
            ],
            "alone": [{**_first(told([name])), "step": step} for name, step in plan.four_eyes.alone],
        },
        "assumptions": {
            "words_a_minute": WORDS_A_MINUTE,
            "characters_a_minute": CHARACTERS_A_MINUTE,
            "minutes_a_decision": MINUTES_A_DECISION,
            "people_a_player": MOST_PEOPLE,
            "minutes_to_sit_down": SEATING,
            "hot_wash_part": HOT_WASH_PART,
            "plays": PLAYS,
            "proficiency": PRACTISED,
        },
    }


def _first(told: list[Json]) -> dict[str, Json]:
    (person,) = told
    return person if isinstance(person, dict) else {}
