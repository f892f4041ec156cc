"""How the tests search: the same examples every time where CI runs them, new ones on a developer's machine."""

import os

import pytest
from hypothesis import settings

# What these assert is shown in full, as in a test module.
pytest.register_assert_rewrite("tests.support.claims", "tests.support.oracle")

# No deadline: the first example of a property may have to read a playbook, and a busy machine is no fault.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")
