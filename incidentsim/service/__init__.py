"""The one way in for every front end."""

from incidentsim.service.evaluations import EvaluatedView, Improvements
from incidentsim.service.exercises import OnStep
from incidentsim.service.facade import Service
from incidentsim.session.course import RunView

__all__ = ["EvaluatedView", "Improvements", "OnStep", "RunView", "Service"]
