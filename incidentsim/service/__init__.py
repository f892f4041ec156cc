"""The one way in for every front end."""

from incidentsim.service.facade import Service
from incidentsim.service.judging import EvaluatedView, Improvements
from incidentsim.service.playing import OnStep
from incidentsim.session.course import RunView

__all__ = ["EvaluatedView", "Improvements", "OnStep", "RunView", "Service"]
