"""The one way in for every front end: replay, resume, list and show runs. Knows no screen and no environment.

Whatever a run needs is an argument or comes from the composition: where definitions are found, where records are
kept, the wall clock, new ids and salts. A run takes nothing from disk once it has begun: the bytes of its playbook
and scenario are kept with it, and resuming uses those.
"""

from incidentsim.service.browsing import Browsing
from incidentsim.service.exporting import Exporting
from incidentsim.service.inspecting import Inspecting
from incidentsim.service.judging import Judging
from incidentsim.service.playing import Playing


class Service(Playing, Judging, Browsing, Inspecting, Exporting):
    """What incidentsim can do, for any front end."""
