"""The one way in for every front end.

Views of what is loaded late (evaluations, improvements) are named by their own modules.
"""

from incidentsim.service.context import LateStore
from incidentsim.service.exercises import OnStep
from incidentsim.service.facade import Service
from incidentsim.session.course import RunView

__all__ = ["LateStore", "OnStep", "RunView", "Service"]
