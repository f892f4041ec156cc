"""What people write into the form of a message: figures by their units, yes and no, and what is wrong with the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentsim.domain.errors import InputError
from incidentsim.session.form_view import MessageFormView, Option
from incidentsim.session.writing.field_entries import Findings, findings, measured, yes_or_no

FORM = MessageFormView(
    person="p1", person_name="Ann", roles=(), other_roles=(), acts=(), groups=(), bodies_and_roles=(), people=(),
    channels=(), incidents=(), steps=(),
    measures=(
        Option("users", "Users affected", "count"), Option("share", "Share of users", "percent"),
        Option("down", "Outage", "duration"), Option("active", "Still active", "flag"), Option("loss", "损失", "money"),
    ),
    flags=(Option("unlawful", "it is unlawful"),), quotes=(), open=(), takes=60_000,
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", Findings()),
        ("users=12", Findings({"users": 12})),
        (" users affected = 1 200 ", Findings({"users": 1200})),
        ("share=40%， unlawful=否", Findings({"share": 40}, {"unlawful": False})),
        ("down=1h 30m; active=yes", Findings({"down": 5_400_000, "active": 1})),
        ("损失＝５００、it is unlawful=yes", Findings({"loss": 500}, {"unlawful": True})),
    ],
)
def test_figures_and_findings_are_read_by_name_or_title(written: str, told: Findings) -> None:
    assert findings(written, FORM) == told


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("phones=1", "“phones” is no figure.*There are: users, share"),
        ("users", "Users affected: write a whole number"),
        ("users=-1", "whole number"),
        ("users=" + "9" * 16, "whole number"),
        ("down=soon", "Outage: write a duration"),
        ("active=perhaps", "Still active: write yes or no"),
        ("unlawful", "it is unlawful: write yes or no"),
    ],
)
def test_what_fits_nothing_is_said_with_what_would(written: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        findings(written, FORM)


@given(st.text(max_size=20), st.sampled_from(FORM.measures))
def test_whatever_is_written_is_a_value_from_0_or_an_error(words: str, measure: Option) -> None:
    try:
        value = measured(measure, words)
    except InputError:
        return
    assert value >= 0
    assert measure.unit != "flag" or value == yes_or_no("", words)
