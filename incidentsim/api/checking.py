"""The library's way to look for problems in definitions, and the language in which it speaks."""

from pathlib import Path

from incidentsim import composition, messages
from incidentsim.api.hiding import warn_of_hidden
from incidentsim.definitions.library import check as checking
from incidentsim.definitions.library.check import CheckedFile
from incidentsim.domain.text import Language


def check(
    *paths: Path | str,
    quality: bool = False,
    translations: bool = False,
    propose: bool = False,
    play: bool = True,
) -> list[CheckedFile]:
    """Look for problems in playbooks, scenarios, archetypes, clock packs and control maps.

    Args:
        paths: files and folders.
        quality: whether valid scenarios are also looked at as stories, and played a few times by bots for it.
        translations: whether texts that are missing in a language are told as warnings.
        propose: whether meanings of steps are proposed as warnings.
        play: whether bots play valid playbooks too; what they did not reach is among the warnings.

    Returns:
        Every file with its `problems`, each with line, column and a sentence.

    Raises:
        InputError: a path does not exist, or a folder holds no YAML file.
    """
    from incidentsim.generation.archetypes import read_archetype

    return checking.check(
        [Path(path) for path in paths],
        composition.library(on_hidden=warn_of_hidden),
        quality=quality,
        translations=translations,
        propose=propose,
        play=play,
        read_archetype=read_archetype,
    )


def speak(language: Language) -> None:
    """Have errors and reports' own words in English (`en`, as at the beginning) or Chinese (`zh`) from now on."""
    messages.use(language)
