"""Texts leave the log for good, and come back only if they are the ones that the log commits to."""

from hashlib import sha256

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.facts import Fact, FactKind, Json, read_fact
from incidentsim.domain.text import FreeText, Text
from incidentsim.ledger.canonical import UncanonicalError
from incidentsim.ledger.faults import RecordFaultError
from incidentsim.ledger.sealing import SALT_BYTES, TextRecord, commitments, outcome_form, seal, unseal
from tests.support.facts import FACTS as EVERY_FACT
from tests.support.facts import a_fact, on_record
from tests.support.record import Salts, bilingual, plain, step_taken

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FREE_TEXTS = st.builds(plain, WORDS) | st.builds(bilingual, WORDS, WORDS)
NAMES = st.sampled_from(["text", "commitment", "nature", "a/b", "m~n", "digest", "with"])
FIELDS = st.dictionaries(NAMES, FREE_TEXTS | WORDS | st.integers(0, 9) | st.lists(WORDS, max_size=2), max_size=4)
FACTS = st.builds(lambda fields: step_taken(1, **fields), FIELDS)


@given(FACTS)
def test_unsealing_gives_the_fact_that_was_sealed(fact: Fact) -> None:
    sealed, texts = seal(fact, seq=3, salts=Salts())
    assert unseal(sealed, texts) == fact


def test_the_log_holds_a_commitment_over_the_salt_and_the_words() -> None:
    fact = step_taken(1, nature=plain("phones in the clear"), scope=bilingual("one shop", "一家店"))
    sealed, texts = seal(fact, seq=7, salts=lambda size: b"s" * size)
    both = '{"en":"one shop","zh":"一家店"}'.encode()
    salt = b"s" * SALT_BYTES
    assert sealed["with"] == {
        "channel": "email",
        "nature": {"commitment": "sha256:" + sha256(salt + b"phones in the clear").hexdigest()},
        "scope": {"commitment": "sha256:" + sha256(salt + both).hexdigest()},
    }
    assert texts == (
        TextRecord(7, "/with/nature", salt, FreeText("phones in the clear")),
        TextRecord(7, "/with/scope", salt, FreeText(Text("one shop", "一家店"))),
    )


@given(FACTS)
def test_no_words_of_a_text_are_left_in_the_log(fact: Fact) -> None:
    sealed, texts = seal(fact, seq=0, salts=Salts())
    for record in texts:
        value: Json = sealed
        for name in record.pointer.split("/")[1:]:
            assert isinstance(value, dict)
            value = value[name.replace("~1", "/").replace("~0", "~")]
        assert value == {"commitment": record.commitment()}
    fields = on_record(fact)["with"]
    assert isinstance(fields, dict)
    assert len(texts) == sum(1 for value in fields.values() if isinstance(value, dict))


def sealed_by_form(value: Json, pointer: str, texts: dict[str, str]) -> Json:
    """What sealing makes of a fact by its form alone: every `{"text": …}` but the content of an action itself."""
    if isinstance(value, list):
        return [sealed_by_form(item, f"{pointer}/{index}", texts) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    words = value.get("text")
    both = isinstance(words, dict) and words.keys() == {"en", "zh"}
    if len(value) == 1 and pointer != "/with" and (isinstance(words, str) or both):
        return {"commitment": texts[pointer]}
    escaped = {key: key.replace("~", "~0").replace("/", "~1") for key in value}
    return {key: sealed_by_form(item, f"{pointer}/{escaped[key]}", texts) for key, item in value.items()}


@given(EVERY_FACT)
def test_sealing_by_the_traits_of_the_parts_seals_whatever_looks_like_a_text(fact: Fact) -> None:
    """The form of the log is what it was before facts had classes, whatever the kind."""
    sealed, texts = seal(fact, seq=0, salts=Salts())
    assert sealed == sealed_by_form(fact.to_json(), "", {text.pointer: text.commitment() for text in texts})
    assert commitments(sealed) == {text.pointer: text.commitment() for text in texts}
    assert unseal(sealed, texts) == fact
    assert read_fact(sealed).to_json() == sealed, "without its texts it is a fact all the same"


def test_a_field_called_text_is_no_text_of_its_own() -> None:
    fact = a_fact(0, FactKind.STEP_TAKEN, None, {"with": {"text": "a choice"}})
    assert seal(fact, seq=0, salts=Salts()) == (fact.to_json(), ())


def test_every_text_has_a_salt_of_its_own() -> None:
    _, texts = seal(step_taken(1, a=plain("same"), b=plain("same")), seq=0, salts=Salts())
    assert texts[0].salt != texts[1].salt
    assert texts[0].commitment() != texts[1].commitment()


def test_a_text_that_is_not_there_stays_a_commitment() -> None:
    sealed, texts = seal(step_taken(1, a=plain("one"), b=plain("two")), seq=0, salts=Salts())
    found = unseal(sealed, texts[1:])
    assert on_record(found)["with"] == {
        "channel": "email",
        "a": {"commitment": texts[0].commitment()},
        "b": {"text": "two"},
    }


@pytest.mark.parametrize(
    "forged",
    [
        TextRecord(4, "/with/nature", b"s" * 32, FreeText("the same words?")),
        TextRecord(4, "/with/nature", b"t" * 32, FreeText("the words")),
        TextRecord(4, "/with/scope", b"s" * 32, FreeText("the words")),
        TextRecord(4, "/nowhere", b"s" * 32, FreeText("the words")),
        TextRecord(4, "/with/channel", b"s" * 32, FreeText("email")),
    ],
    ids=["other words", "other salt", "other place", "no such place", "a place without a commitment"],
)
def test_a_text_that_does_not_open_its_commitment_is_a_fault(forged: TextRecord) -> None:
    sealed, _ = seal(step_taken(1, nature=plain("the words")), seq=4, salts=lambda size: b"s" * size)
    with pytest.raises(RecordFaultError, match=f"The text at {forged.pointer} of entry 4"):
        unseal(sealed, [forged])


def test_something_that_is_no_fact_cannot_be_unsealed() -> None:
    with pytest.raises(RecordFaultError, match="does not hold a fact"):
        unseal({"at": "noon", "fact": "step_taken"}, ())


def test_a_sealed_fact_is_not_sealed_again() -> None:
    sealed, _ = seal(step_taken(1, nature=plain("x")), seq=0, salts=Salts())
    with pytest.raises(ValueError, match="sealed already: there is a commitment at /with/nature"):
        seal(read_fact(sealed), seq=1, salts=Salts())


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes, not 4"):
        seal(step_taken(1, nature=plain("x")), seq=0, salts=lambda _size: b"salt")


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UncanonicalError):
        seal(step_taken(1, nature=plain("\ud83d")), seq=0, salts=Salts())


def test_sealing_leaves_the_fact_as_it_was() -> None:
    fact = step_taken(1, nature=plain("x"))
    before = orjson.dumps(fact.to_json())
    seal(fact, seq=0, salts=Salts())
    assert orjson.dumps(fact.to_json()) == before


def test_the_outcome_form_holds_digests_without_salt() -> None:
    form = outcome_form(step_taken(1, nature=plain("x")))
    assert form is not None
    fields = form["with"]
    assert isinstance(fields, dict)
    assert fields["nature"] == {"digest": "sha256:" + sha256(b"x").hexdigest()}


def test_the_outcome_form_needs_every_text() -> None:
    sealed, _ = seal(step_taken(1, nature=plain("x")), seq=0, salts=Salts())
    assert outcome_form(unseal(sealed, ())) is None


def test_all_commitments_of_a_sealed_fact_are_found() -> None:
    sealed, texts = seal(step_taken(1, a=plain("one"), b=plain("two")), seq=0, salts=Salts())
    assert commitments(sealed) == {text.pointer: text.commitment() for text in texts}
