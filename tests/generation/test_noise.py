"""The common noise is enough for every difficulty, fits the playbook and belongs to nothing."""

from incidentsim.domain.playbook import Playbook
from incidentsim.generation.archetypes import read_archetype
from incidentsim.generation.cast import CAST
from incidentsim.generation.check.injects import EVERYDAY
from incidentsim.generation.meant import Meant
from incidentsim.generation.noise import noise_pool, noise_slots
from incidentsim.generation.world import package_data


def test_there_is_enough_for_the_hardest_exercise_to_be_different_every_time() -> None:
    assert len(noise_pool()) >= 25
    assert len({inject.id for inject in noise_pool()}) == len(noise_pool())
    assert all(inject.id.startswith(EVERYDAY) for inject in noise_pool())


def test_it_goes_to_many_and_by_several_channels(playbook: Playbook) -> None:
    meant = Meant(playbook)
    told = {party for inject in noise_pool() for name in inject.to for party in meant.party(CAST.get(name, (name,))[0])}
    assert len(told) >= 12
    assert told <= {*playbook.roles, *playbook.bodies}
    assert {inject.channel for inject in noise_pool()} >= {"email", "chat", "alert", "phone"}


def test_nobody_delivers_lunch_in_the_evening() -> None:
    evening = {inject.id for inject in noise_pool(by_day=False)}
    assert {inject.id for inject in noise_pool()} - evening == set(package_data("noise.yaml")["by_day"])
    assert len(evening) >= 20
    assert not [inject.id for inject in noise_pool(by_day=False) if inject.channel == "phone"]


def test_it_belongs_to_no_incident() -> None:
    for inject in noise_pool():
        assert inject.part == "noise"
        assert [inject.raises, inject.shows, inject.brings, inject.expects] == [False, {}, None, []]
        assert inject.at is not None


def test_it_passes_every_check_of_an_archetype(playbook: Playbook, archetype_text: str) -> None:
    """As if it were an archetype's own: same slots in both languages, all of them there, every name known."""
    from incidentsim.definitions.yaml12.writer import one_line

    own = [inject.model_dump(exclude_unset=True) for inject in noise_pool()]
    for inject in own:
        inject["id"] = inject["id"].removeprefix(EVERYDAY)
    slots = "".join(
        f"  {name}: {one_line(slot.model_dump(exclude_unset=True))}\n" for name, slot in noise_slots().items()
    )
    text = archetype_text.replace("\ntruth:\n", f"\n{slots}\ntruth:\n")
    text += "".join(f"  - {one_line(inject)}\n" for inject in own)
    assert len(read_archetype(text.encode(), "noise.yaml", playbook).shape.injects) > 25
