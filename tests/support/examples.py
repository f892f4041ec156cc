"""How many examples a property is tried with: few by default, many where CI has the time.

`pytest -m hypothesis --hypothesis-profile=ci` tries the full number of each, the same ones every time.
"""

from typing import Any

from hypothesis import settings

FEW = 20
"""At most so many by default: enough to find what is wrong everywhere, and the whole suite stays a short wait."""


def scaled(many: int) -> int:
    """`many` under the profile `ci`; a third of it, and at most FEW, under any other."""
    thorough = settings.get_profile("ci").max_examples <= settings().max_examples
    return many if thorough else min(FEW, max(many // 3, 3))


def examples(many: int, few: int = FEW, **others: Any) -> settings:
    """Hypothesis's settings for a property whose examples are dear, or cheap enough for more than the usual number.

    By default at most `few` are tried, which is less than usual for the dearest.
    """
    tried = scaled(many)
    return settings(max_examples=tried if tried == many else min(tried, few), **others)
