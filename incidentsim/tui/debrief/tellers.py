"""What the parts of a debrief say: their lines, and what a line rests on. Touches no screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from incidentsim.messages import gettext as _
from incidentsim.session.log_filters import filter_words
from incidentsim.tui.debrief.data import Debrief, LogFilter, Surroundings
from incidentsim.tui.debrief.evidence import Parts, about_fact
from incidentsim.tui.debrief.improvements import about_item, item_lines
from incidentsim.tui.debrief.in_short import about_short, in_short_lines
from incidentsim.tui.debrief.metrics import about_metric, metric_lines
from incidentsim.tui.debrief.parts import ITEMS, METRICS, PICTURE, RATINGS, RIGHT, SHORT
from incidentsim.tui.debrief.ratings import about_rating, rating_lines
from incidentsim.tui.debrief.remedies import about_way, way_lines
from incidentsim.tui.debrief.timeline.about import about_row
from incidentsim.tui.debrief.timeline.drawing import draw
from incidentsim.tui.debrief.timeline.rows import Picture, picture
from incidentsim.tui.widgets.line_list import Line


@dataclass(frozen=True, slots=True)
class PartLines:
    """The lines of a part, and what stands above them, if anything: the axis of the timeline, the filter of the log."""

    lines: Sequence[Line]
    above: str = ""


class PartTeller:
    """Tells the parts of one debrief, in its language; `around` is what other runs say, once that is known."""

    def __init__(self, debrief: Debrief, around: Surroundings | None) -> None:
        self.debrief = debrief
        self.around = around

    @cached_property
    def _picture(self) -> Picture:
        return picture(self.debrief.teller.account)

    def lines(self, part: int, columns: int, log: LogFilter) -> PartLines:
        """The lines of a part, drawn for so many columns; `log` says which facts the log shows."""
        debrief = self.debrief
        match part:
            case 0:
                return PartLines(in_short_lines(debrief, columns))
            case 1:
                return PartLines(rating_lines(debrief))
            case 2:
                drawn = draw(debrief.teller, self._picture, columns)
                return PartLines(drawn.lines, "\n".join(drawn.axis))
            case 3:
                return PartLines(way_lines(debrief, columns))
            case 4:
                return PartLines(metric_lines(debrief, self.around, columns))
            case 5:
                return PartLines(item_lines(debrief, self.around))
            case _:
                words = _("Shown: {what}").format(what=filter_words()[log.kind])
                searched = _(" · with “{words}”").format(words=log.words) if log.words else ""
                return PartLines(debrief.log_lines(log), words + searched)

    def about(self, part: int, name: str, most: int | None = None) -> Parts:
        """Return the explanation of the line `name` of a part.

        `most`, if given, limits how many events of a row of the timeline are told; duties and incidents have no limit.
        """
        tellers = {
            SHORT: partial(about_short, self.debrief),
            RATINGS: partial(about_rating, self.debrief),
            PICTURE: partial(self._about_row, most),
            RIGHT: partial(about_way, self.debrief),
            METRICS: partial(about_metric, self.debrief, self.around),
            ITEMS: partial(about_item, self.debrief, self.around),
        }
        tell = tellers.get(part)
        return tell(name) if tell is not None else about_fact(self.debrief, int(name))

    def _about_row(self, most: int | None, name: str) -> Parts:
        return about_row(self.debrief, next(row for row in self._picture.rows if row.key == name), most)
