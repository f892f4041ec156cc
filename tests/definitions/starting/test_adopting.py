"""A procedure as one's own: another name, one language, without what is not wanted, and it holds."""

import re

import pytest

from incidentsim import composition
from incidentsim.definitions.playbook.read import read_playbook
from incidentsim.definitions.starting.adopting import adopted, assumptions
from incidentsim.definitions.starting.questions import questions
from incidentsim.definitions.yaml12.reader import read_yaml
from incidentsim.domain.errors import InputError, UnknownNameError
from incidentsim.domain.text import LANGUAGES, Language

SHIPPED = ("incident-command", "platform-incidents")


def _data(name: str) -> bytes:
    return (composition.shipped("playbooks") / f"{name}.yaml").read_bytes()


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_in_one_language_it_says_the_same_and_keeps_its_comments(name: str, language: Language) -> None:
    data = _data(name)
    original, made = read_playbook(data, name), adopted(data, name, "mine", language)
    assert (made.playbook.id, made.playbook.languages, made.gone) == ("mine", (language,), ())
    for track in original.tracks.values():
        mine = made.playbook.tracks[track.id]
        assert [step.title.say(language) for step in track.steps] == [step.title.say(language) for step in mine.steps]
        assert [step.needs for step in track.steps] == [step.needs for step in mine.steps]
    other = "zh" if language == "en" else "en"
    assert not re.search(rf"(?<![a-z]){other}: ", made.data.decode())
    assert data.count(b"#") - made.data.count(b"#") < 3, "a comment beside a text that became one line may go"


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_without_any_one_track_or_notice_it_still_holds(name: str) -> None:
    data = _data(name)
    original, value = read_playbook(data, name), read_yaml(data, name).value
    for unwanted in (*value["tracks"], *value["notices"]):
        if unwanted == original.main_track.id:
            with pytest.raises(InputError, match="is the main track"):
                adopted(data, name, "mine", "en", [unwanted])
            continue
        made = adopted(data, name, "mine", "en", [unwanted])
        assert unwanted not in {
            *made.playbook.tracks,
            *(track.removeprefix("notice_") for track in made.playbook.tracks),
        }
        left = {step.do for track in made.playbook.tracks.values() for step in track.steps}
        before = {step.do for track in original.tracks.values() for step in track.steps}
        assert left < before
    with pytest.raises(UnknownNameError, match="the nearest valid one is"):
        adopted(data, name, "mine", "en", [f"{next(iter(value['notices']))}x"])


def test_a_need_that_speaks_of_a_track_that_is_gone_goes_alone_and_a_duty_as_a_whole() -> None:
    data = _data("incident-command")
    original, made = (
        read_playbook(data, "original"),
        adopted(data, "original", "mine", "en", ["publicity"]),
    )
    assert original.main_track.steps != made.playbook.main_track.steps
    assert [step.do for step in original.main_track.steps] == [step.do for step in made.playbook.main_track.steps]
    assert len(made.playbook.duties) < len(original.duties)
    assert all(duty.settled_by for duty in made.playbook.duties.values())


def test_every_assumption_is_a_question_at_its_line() -> None:
    data = adopted(_data("incident-command"), "file", "mine", "en").data
    lines = data.decode().splitlines()
    listed = list(assumptions(data, "file"))
    assert len(listed) == sum("assumption" in line.partition("#")[0] for line in lines)
    assert all("assumption" in lines[line - 1] for _section, line, _about in listed)
    asked, count = questions(data, read_playbook(data, "file"), "incident-command")
    text = asked.decode()
    assert count == len(listed)
    assert text.count("\n## ") == len({section for section, _line, _about in listed})
    assert "## Who owes what, and within what time?" in text
    assert not re.search(r": [a-z_]+(\.[a-z0-9_]+)*$", text, re.MULTILINE), "no path stands for what is asked"
