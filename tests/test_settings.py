"""The settings file: read strictly, every problem with its line; written so that comments stay; what wins over it."""

from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim import composition
from incidentsim.domain.errors import InputError
from incidentsim.settings import (
    PacingName,
    Settings,
    SpokenLanguage,
    ThemeName,
    check_keys,
    key_problem,
    read_settings,
    settings_in,
    whole,
    write_settings,
)
from incidentsim.tui.table.keys import shipped_keys

COMMENTED = """# mine
theme = "light"  # for the projector
plain = false

[keys]
# to the left
"table.go_on" = "g"
"""

WRONG = {
    'theme = "purple"': 'f:1: theme is purple; valid are "dark", "light", "contrast".',
    "theme = 3": "f:1: theme is 3; valid are",
    '\nplain = "yes"': "f:2: plain is yes; valid are true, false.",
    "plain = 1": "f:1: plain is 1; valid are true, false.",
    'language = "fr"': 'f:1: language is fr; valid are "auto", "en", "zh".',
    "pacing = true": "f:1: pacing is true; valid are",
    '# a\n\nthene = "dark"': "f:3: there is no setting thene; the nearest valid one is theme.",
    "zzz = 1": "f:1: there is no setting zzz; there are: theme, language, pacing, plain, coach, keys.",
    'theme = "dark"\ntheme = dark': "f:2:9: this is no TOML",
    'theme = "dark"\ntheme = "dark"': "f:2:",
    "[keys": "f:1:",
    "keys = 3": "f:1: keys holds keys by action",
    '[keys]\n"table.go_on" = 3': "f:2: table.go_on: it is no text in quotation marks.",
    '[keys]\n"table.go_on" = "a b"': "f:2: table.go_on: a b is no key",
    '[keys]\n"table.go_on" = "ctrl+q"': "f:2: table.go_on: ctrl+q does the same on every screen",
}


@pytest.mark.parametrize(("text", "said"), WRONG.items())
def test_what_is_wrong_is_said_with_its_line_and_what_is_valid(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        settings_in(text.encode(), "f")
    assert str(caught.value).startswith(said)


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="f:2: this is no text in UTF-8"):
        settings_in(b"a = 1\n\xff", "f")
    large = tmp_path / "config.toml"
    large.write_bytes(b"#" * 200_000)
    with pytest.raises(InputError, match="larger than"):
        read_settings(large)


def test_no_file_means_the_usual_settings(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "none" / "config.toml") == Settings()


@given(st.binary(max_size=60))
def test_whatever_the_bytes_are_there_are_settings_or_a_sentence(data: bytes) -> None:
    said = "f:"
    try:
        settings_in(data, "f")
    except InputError as error:
        said = str(error)
    assert said.startswith("f:")


some_settings = st.builds(
    Settings,
    theme=st.sampled_from(ThemeName),
    language=st.sampled_from(SpokenLanguage),
    pacing=st.sampled_from(PacingName),
    plain=st.booleans(),
    coach=st.booleans(),
    keys=st.dictionaries(
        st.sampled_from(sorted(shipped_keys())), st.sampled_from(["g", "f5", "ctrl+s", "space,G", '"', "\\", "#"])
    ).map(MappingProxyType),
)


@given(some_settings, some_settings)
def test_what_is_written_is_read_again_whatever_was_there(before: Settings, after: Settings) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new" / "config.toml"
        write_settings(path, before)
        assert read_settings(path) == before
        write_settings(path, after)
        assert read_settings(path) == after
    assert settings_in(whole(after).encode(), "f") == after


def test_comments_stay_where_settings_change(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(COMMENTED, encoding="utf-8")
    settings = Settings(ThemeName.DARK, SpokenLanguage.CHINESE, keys={"table.go_on": "x", "table.wait": "y"})
    write_settings(path, settings)
    assert read_settings(path) == settings
    assert (
        path.read_text(encoding="utf-8")
        == """# mine
theme = "dark"  # for the projector
plain = false
language = "zh"

[keys]
# to the left
"table.go_on" = "x"
"table.wait" = "y"
"""
    )


def test_a_table_in_a_table_means_the_same_and_is_changed_too(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\ntable.go_on = "g"\n', encoding="utf-8")
    assert read_settings(path).keys == {"table.go_on": "g"}
    write_settings(path, Settings(keys={"table.go_on": "h"}))
    assert read_settings(path).keys == {"table.go_on": "h"}


def test_a_faulty_file_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("thene = 1", encoding="utf-8")
    with pytest.raises(InputError):
        write_settings(path, Settings(theme=ThemeName.LIGHT))
    assert path.read_text(encoding="utf-8") == "thene = 1"


def test_keys_are_for_actions_of_the_table_and_for_one_each(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    shipped = {"table.go_on": "space", "table.wait": "w"}
    check_keys(Settings(keys={"table.go_on": "w", "table.wait": "space"}), shipped, path)
    path.write_text('# a\n[keys]\n"table.goon" = "x"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"config.toml:3: there is no setting table.goon; the nearest"):
        check_keys(read_settings(path), shipped, path)
    path.write_text('[keys]\n"table.go_on" = "w"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"config.toml:2: the key w is for table.go_on and for table.wait"):
        check_keys(read_settings(path), shipped, path)


def test_the_shipped_keys_of_the_table_are_for_one_action_each() -> None:
    check_keys(Settings(), shipped_keys(), Path("f"))


@pytest.mark.parametrize("keys", ["", "a,", ",", "a b", "shift+", "ctrl+é+x", "ENTER", "f1"])
def test_what_is_no_key_or_does_the_same_everywhere_is_said(keys: str) -> None:
    assert key_problem(keys)


@pytest.mark.parametrize(
    ("option", "environment", "setting", "spoken"),
    [
        ("en", {"INCIDENTSIM_LANG": "zh", "LANG": "zh_CN"}, "zh", "en"),
        (None, {"INCIDENTSIM_LANG": "en", "LANG": "zh_CN"}, "zh", "en"),
        (None, {"LANG": "en_US"}, "zh", "zh"),
        (None, {"LANG": "zh_CN"}, "auto", "zh"),
        (None, {}, None, "en"),
    ],
)
def test_options_win_over_the_environment_and_that_over_the_file(
    option: str | None, environment: dict[str, str], setting: str | None, spoken: str
) -> None:
    assert composition.language(option, environment, setting) == spoken
