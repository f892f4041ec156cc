"""Texts with slots."""

from incidentsim.definitions.formats.common import TextShape
from incidentsim.domain.text import Language
from incidentsim.generation.templates import Ref, Template, parse, stray_dollars


def said(ref: Ref, _language: Language) -> str:
    return f"<{ref.name}.{ref.form}>" if ref.form else f"<{ref.name}>"


def test_slots_stand_bare_in_braces_and_with_a_form() -> None:
    template = Template(TextShape(en="$finder met ${a_b}c at $now.time.", zh="${finder.he}说$replica满了，${rest}条"))
    filled = template.fill(said)
    assert filled.en == "<finder> met <a_b>c at <now.time>."
    assert filled.zh == "<finder.he>说<replica>满了，<rest>条"


def test_a_full_stop_behind_a_slot_is_no_form() -> None:
    assert parse("It is $replica. And") == ("It is ", Ref("replica", ""), ". And")


def test_two_dollars_are_one() -> None:
    assert parse("It costs $$5.") == ("It costs ", "$", "5.")
    assert stray_dollars("$$5 and $slot") == []
    assert stray_dollars("5 $ and $Slot") == [2, 8]


def test_a_slot_knows_that_a_sentence_begins_with_it() -> None:
    def opens(text: str) -> list[bool]:
        return [part.opens for part in parse(text) if isinstance(part, Ref)]

    assert opens("$way it was. $way again! “$way” and $way, then: $way") == [True, True, True, False, False]
    assert opens("“$way”, said he") == [True]


def test_what_a_slot_says_is_not_looked_at_again() -> None:
    template = Template(TextShape(en="$a", zh="$a"))
    assert template.fill(lambda _ref, _language: "$b").en == "$b"
