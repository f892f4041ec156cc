"""A story across a change of the clocks, at any place: six people, deadlines, working hours, absences, laws."""

from pathlib import Path

STORY = Path(__file__).parents[2] / "scenarios" / "six-people-many-hats.yaml"

NIGHTS = [
    ("Europe/Berlin", "2026-10-24T09:00+02:00"),
    ("Australia/Lord_Howe", "2026-10-03T09:00+10:30"),
    ("Australia/Lord_Howe", "2026-04-04T21:00+11:00"),
    ("Europe/Berlin", "2026-03-28T09:00+01:00"),
    ("America/Santiago", "2026-09-05T09:00-04:00"),
    ("Pacific/Apia", "2011-12-29T09:00-10:00"),
    ("Asia/Pyongyang", "2018-05-04T09:00+08:30"),
    ("America/Havana", "2024-11-02T09:00-04:00"),
]
"""A zone, and a start on the day before its clocks change."""


def story(folder: Path, zone: str, starts: str, keys: str = "") -> Path:
    """The story at this place, from this start on; two of its people sleep at night."""
    text = STORY.read_text(encoding="utf-8")
    for old, new in (
        ("starts: 2024-09-02T09:00+08:00\n", f"starts: {starts}\n{keys}"),
        ("id: six-people-many-hats\n", "id: long-night\n"),
        ("jurisdictions: [SG, EU]\n", f"jurisdictions: [SG, EU]\n    zones: {{EU: {zone}}}\n"),
        ("roles: [on_call_responder, scribe]}", 'roles: [on_call_responder, scribe], away: ["23:00/02:30"]}'),
        ("roles: [chief_executive]}", 'roles: [chief_executive], away: ["02:30/07:00"]}'),
    ):
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "long-night.yaml"
    path.write_text(text, encoding="utf-8")
    return path
