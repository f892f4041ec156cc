"""How the tests search: the same examples every time where CI runs them, new ones on a developer's machine."""

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.update_messages import compile_what_is_stale

# What these assert is shown in full, as in a test module.
pytest.register_assert_rewrite("tests.support.claims", "tests.support.oracle")

# No deadline, and no complaint about slow drawing: a busy machine is no fault.
settings.register_profile("developer", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("developer"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")

# The compiled catalogues are in no commit: a checkout whose messages changed since it was installed makes them anew.
compile_what_is_stale()
