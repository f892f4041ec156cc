"""The one way in for every front end."""

from incidentsim.service.evaluations import EvaluatedView
from incidentsim.service.exercises import OnStep
from incidentsim.service.facade import Service
from incidentsim.service.improvements import Improvements
from incidentsim.session.course import RunView

__all__ = ["EvaluatedView", "Improvements", "OnStep", "RunView", "Service"]
