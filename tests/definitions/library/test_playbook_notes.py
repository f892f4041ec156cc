"""What `check` says of a valid playbook and scenario beside problems, each by one change, at its place."""

from pathlib import Path

from incidentsim.definitions.library.check import CheckedFile, check
from incidentsim.definitions.library.library import Library

DATA = Path(__file__).parents[1] / "data"
SILENCE = "circumstances:\n  silence: {title: {en: It was kept silent, zh: 隐瞒}, clause: A1}\n\n"
NO_SILENCE = (SILENCE, "")
GRADED = "      graded: {title: {en: Graded, zh: 已定级}, phase: open}\n"

NOTES: dict[str, tuple[tuple[tuple[str, str], ...], str, str]] = {
    "role": (
        (("\nbodies:", "  idler: {title: {en: Idler, zh: 闲人}, basis: assumption}\n\nbodies:"),),
        "$.roles.idler",
        "No rule names the role idler: it has nothing to do, to decide or to be told.",
    ),
    "body": (
        (("\nchannels:", "  board: {title: {en: B, zh: 会}, members: [chief], basis: assumption}\n\nchannels:"),),
        "$.bodies.board",
        "No rule names the body board: it has nothing to do, to decide or to be told.",
    ),
    "channel": (
        (("  phone: {en: Phone, zh: 电话}\n", "  phone: {en: Phone, zh: 电话}\n  pager: {en: Pager, zh: 寻呼机}\n"),),
        "$.channels.pager",
        "No rule names the channel pager; only injects and messages can use it.",
    ),
    "field": (
        (("  office: {en: Office, zh: 岗位}\n", "  office: {en: Office, zh: 岗位}\n  aim: {en: Aim, zh: 目标}\n"),),
        "$.fields.aim",
        "No step asks for the field aim; leave it out, or name it under requires or may.",
    ),
    "list": (
        (("may: {cause: {choice: causes}, subject: person, office: role}", "may: {subject: person, office: role}"),),
        "$.lists.causes",
        "No step chooses from the list causes; leave it out, or name it under requires or may.",
    ),
    "measure": (
        (("criteria: {choices: measures}", "criteria: {choices: causes}"),),
        "$.measures.share",
        "No threshold, criterion or form speaks of the measure share; leave it out, or use it.",
    ),
    "phase": (
        (("  open: {en: Open, zh: 进行中}\n", "  open: {en: Open, zh: 进行中}\n  late: {en: Late, zh: 后期}\n"),),
        "$.phases.late",
        "No state and no clause is in the phase late; leave it out, or name it under phase.",
    ),
    "source": (
        (("\nclauses:", "  leaflet: {title: {en: L, zh: 页}}\n\nclauses:"),),
        "$.sources.leaflet",
        "No clause comes from the source leaflet; leave it out, or cite it.",
    ),
    "circumstance": (
        (),
        "$.circumstances.silence",
        "No rule follows from the circumstance silence; it changes nothing if it comes to light.",
    ),
    "no time": (
        (("within: {1: 5m, ungraded: 1h}", "within: {1: 5m, ungraded: 0s}"),),
        "$.duties[0].within.ungraded",
        "Within no time nothing can be done, so this is late at once: write a time, such as 15m.",
    ),
    "no part": (
        (("when: {not: {happened: {do: report}, within: 1d}}", "when: {all: []}"),),
        "$.duties[0].when.all",
        "A condition with no part always holds: name what must hold, or leave the condition out.",
    ),
    "misspelt answer": (
        (
            (
                "requires: {channel: [email], summary: text}",
                "requires: {channel: [email]}\n        fits: {incidnt: true}",
            ),
        ),
        "$.tracks.main.steps[0].fits.incidnt",
        "Only this step asks whether incidnt; the nearest answer that others give or ask for is incident.",
    ),
}

PROBLEMS: dict[str, tuple[str, tuple[tuple[str, str], ...], str, str]] = {
    "a circle without rest": (
        "playbook.yaml",
        (("to: settled\n        by: [chief]", "to: opened\n        by: [chief]"),),
        "$.tracks.blame.states.opened",
        "No step leads out of the state opened; add one, or say that it is final.",
    ),
    "a longer one": (
        "playbook.yaml",
        (
            (
                "settled: {title: {en: Settled, zh: 已结束}, final: true}",
                "settled: {title: {en: Settled, zh: 已结束}}",
            ),
            (
                "        to: settled\n        by: [chief]\n        takes: 1h\n        basis: assumption\n",
                (
                    "        to: settled\n        by: [chief]\n        takes: 1h\n        basis: assumption\n"
                    "      - {do: reopen, title: {en: R, zh: 重}, "
                    "from: settled, to: opened, by: [chief], basis: assumption}\n"
                ),
            ),
        ),
        "$.tracks.blame.states.opened",
        (
            "Whatever is done from the state opened on, the track blame never reaches a final state: its steps lead "
            "round opened, settled. Let a step lead out to a final state, or say that one is final."
        ),
    ),
    "a misspelt flag of the truth": (
        "scenario.yaml",
        (("flags: {crime: false}", "flags: {malicius: true}"),),
        "$.incidents.leak.truth.flags.malicius",
        "No step asks for the flag malicius; the nearest valid one is malicious.",
    ),
}
ASKED = ("fits: {incident: true}\n        clause: A2", "fits: {incident: true, malicious: true}\n        clause: A2")


def edited(folder: Path, name: str, *edits: tuple[str, str]) -> CheckedFile:
    for file in ("playbook.yaml", "scenario.yaml"):
        text = (DATA / file).read_text(encoding="utf-8")
        for old, new in edits if file == name else [ASKED] if name == "scenario.yaml" else ():
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (folder / file).write_text(text, encoding="utf-8")
    (checked,) = check([folder / name], Library([]), play=False)
    return checked


def test_each_thing_of_no_use_is_a_warning_at_its_place(tmp_path: Path) -> None:
    for name, (edits, path, message) in NOTES.items():
        checked = edited(tmp_path, "playbook.yaml", *edits)
        assert checked.problems == (), name
        (warning,) = [one for one in checked.warnings if one.path == path]
        assert warning.message.startswith(message), name
        line = (tmp_path / "playbook.yaml").read_text(encoding="utf-8").split("\n")[warning.line - 1]
        assert line[warning.column - 1 :].startswith(path.replace("]", ".").split(".")[-1]), name


def test_a_channel_that_a_scenario_speaks_of_is_used(tmp_path: Path) -> None:
    pager = NOTES["channel"][0]
    edited(tmp_path, "playbook.yaml", *pager)
    scenario = (tmp_path / "scenario.yaml").read_text(encoding="utf-8").replace("channel: email\n", "channel: pager\n")
    (tmp_path / "scenario.yaml").write_text(scenario, encoding="utf-8")
    (checked,) = check([tmp_path / "playbook.yaml"], Library([]), play=False)
    assert not [one for one in checked.warnings if one.path == "$.channels.pager"]


def test_what_surely_blocks_or_is_misspelt_is_a_problem(tmp_path: Path) -> None:
    for name, (file, edits, path, message) in PROBLEMS.items():
        checked = edited(tmp_path, file, *edits)
        told = [(one.path, one.message) for one in checked.problems]
        assert (path, message) in told, (name, told)


def test_a_flag_like_none_that_is_asked_for_is_a_warning(tmp_path: Path) -> None:
    checked = edited(tmp_path, "scenario.yaml", ("flags: {crime: false}", "flags: {weather: true}"))
    (warning,) = checked.warnings
    assert checked.problems == ()
    assert warning.message == ("No step asks for the flag weather, so it answers nothing; steps ask for malicious.")
