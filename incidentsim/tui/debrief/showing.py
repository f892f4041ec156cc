"""What a debrief shows: evaluated in the background, then part by part; told anew in another language or size."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.widgets import Static
from textual.worker import get_current_worker

from incidentsim.domain.errors import InputError, SurroundingsError
from incidentsim.messages import gettext as _
from incidentsim.session.sentences import filter_words
from incidentsim.tui.base_screen import LocalizedScreen
from incidentsim.tui.debrief.data import Debrief, Surroundings, look_around
from incidentsim.tui.debrief.evidence import Parts, about_fact
from incidentsim.tui.debrief.improvements import about_item, item_lines
from incidentsim.tui.debrief.log import log_lines
from incidentsim.tui.debrief.metrics import about_metric, metric_lines
from incidentsim.tui.debrief.parts import ITEMS, LOG, METRICS, PARTS, PICTURE, RATINGS, RIGHT, empty_words, head_words
from incidentsim.tui.debrief.ratings import about_rating, rating_lines
from incidentsim.tui.debrief.remedies import about_way, way_lines
from incidentsim.tui.debrief.timeline.about import about_row
from incidentsim.tui.debrief.timeline.drawing import draw, legend
from incidentsim.tui.debrief.timeline.rows import Picture, picture
from incidentsim.tui.dialogs.detail import told
from incidentsim.tui.widgets.line_list import Line, LineList
from incidentsim.tui.widgets.tabs import Tabs
from incidentsim.tui.widgets.text import Words

if TYPE_CHECKING:
    from incidentsim.service import EvaluatedView
    from incidentsim.tui.debrief.rate import Draft

_MOST_BESIDE: Final = 100
"""So many things that somebody did are told beside the picture; all of them where there is room to read."""
_MARGIN: Final = 4
"""Columns that a list keeps for its cursor, its scroll bar and the border beside it."""


class DebriefShowing(LocalizedScreen):
    """A debrief as it is seen."""

    def __init__(self, run: str) -> None:
        """Look at the run of this id."""
        super().__init__()
        self.run_id = run
        self.here = RATINGS
        self.trouble = ""
        self.evaluated: EvaluatedView | None = None
        self.around: Surroundings | None = None
        self.drafts: dict[str, Draft] = {}
        self.chosen_filter = "all"
        self.search = ""
        self._debrief: Debrief | None = None
        self._picture: Picture | None = None
        self._places: dict[str, str] = {}

    @property
    def debrief(self) -> Debrief | None:
        """The run, told in the language spoken; `None` while it is being evaluated, or cannot be."""
        if self.evaluated is None:
            return None
        language = self.shell.language
        found = self._debrief
        if found is None or found.evaluated is not self.evaluated or found.teller.language != language:
            found = self._debrief = Debrief(self.run_id, self.evaluated, language)
        return found

    @property
    def here_list(self) -> LineList:
        """The list of the part in view."""
        return self._list(self.here)

    def _list(self, number: int) -> LineList:
        return self.query_one(f"#part-{PARTS[number][0]}", LineList)

    def load(self) -> None:
        """Evaluate the run in another thread; what is shown already stays until then."""
        self.trouble = ""
        self.run_worker(self._evaluate, thread=True, exclusive=True, group="debrief")
        self.show_debrief()

    def _evaluate(self) -> None:
        shell, worker = self.shell, get_current_worker()

        def show(work: Callable[..., None], *found: object) -> None:
            if not worker.is_cancelled:  # whoever left the screen waits for nothing
                shell.call_from_thread(work, *found)

        try:
            found = shell.service.evaluations.evaluate(self.run_id)
            run = found.view.report.run or self.run_id
            told_in = Debrief(run, found, shell.language)
            told_in.log()  # telling thousands of facts takes a while
            show(self._found, told_in)
        except (InputError, SurroundingsError) as error:
            show(self._fail, str(error))
            return
        show(self._looked_around, look_around(shell.service, run, found, lambda: worker.is_cancelled))

    def _fail(self, sentence: str) -> None:
        self.trouble, self.evaluated = sentence, None
        self.show_debrief()

    def _found(self, found: Debrief) -> None:
        first = self.evaluated is None
        self.evaluated, self.around, self.run_id = found.evaluated, None, found.run
        self._debrief, self._picture = found, None
        self.show_debrief()
        if first:
            self.to_part(self.here)

    def _looked_around(self, around: Surroundings) -> None:
        self.around = around
        self.show_debrief()

    def to_part(self, number: int) -> None:
        """Bring a part into view."""
        self.here = number
        self.show_debrief()
        self.here_list.focus()

    def keep_places(self) -> None:
        """Remember where the cursors stand."""
        for number, (name, _title) in enumerate(PARTS):
            at = self._list(number).name_at_cursor
            if at is not None:
                self._places[name] = at

    def show_debrief(self) -> None:
        """Show what there is."""
        if not self.is_mounted:
            return
        self.query_one("#head", Words).say(head_words(self.run_id, self.debrief))
        self.set_class(self.evaluated is None, "-waiting")
        waiting = _("The run is being evaluated …")
        state = told(
            [(_("This run cannot be shown."), self.trouble)] if self.trouble else [("", waiting)], self._width()
        )
        self.query_one("#state", Static).update(state)
        self.query_one(Tabs).tell([_(title) for _name, title in PARTS], self.here)
        for number in range(len(PARTS)):
            self._list(number).set_class(number == self.here, "-here")
        self.set_class(self.here == PICTURE, "-picture")
        self.set_class(self.here == LOG, "-log")
        if self.evaluated is not None:
            self.show_part()
        self.refresh_bindings()

    def show_part(self) -> None:
        """Show the part in view; its cursor stays where it stood."""
        debrief = self.debrief
        if debrief is None:
            return
        shown = self.here_list
        at = self._places.pop(PARTS[self.here][0], None) if not shown.lines else None
        shown.show(self._lines(debrief), empty=empty_words(self.here), at=at)
        self.show_about()

    def _lines(self, debrief: Debrief) -> list[Line]:
        columns = self._columns()
        match self.here:
            case 0:
                return rating_lines(debrief)
            case 1:
                drawn = draw(debrief.teller, self._pictured(debrief), columns)
                self.query_one("#axis", Words).say("\n".join(drawn.axis))
                return list(drawn.lines)
            case 2:
                return way_lines(debrief, columns)
            case 3:
                return metric_lines(debrief, self.around, columns)
            case 4:
                return item_lines(debrief, self.around)
            case _:
                words = _("Shown: {what}").format(what=filter_words()[self.chosen_filter])
                searched = _(" · with “{words}”").format(words=self.search) if self.search else ""
                self.query_one("#filter", Words).say(words + searched)
                return log_lines(debrief, self.chosen_filter, self.search)

    def _pictured(self, debrief: Debrief) -> Picture:
        if self._picture is None:
            self._picture = picture(debrief.teller.account)
        return self._picture

    def show_about(self) -> None:
        """Show what the line at the cursor rests on, where there is room beside the list."""
        pane = self.query_one("#about-pane")
        columns = max(self._width() - _MARGIN if self.here == PICTURE else self._width() * 2 // 5 - _MARGIN, 20)
        self.query_one("#about", Static).update(told(self.about(_MOST_BESIDE), columns))
        pane.scroll_home(animate=False)

    def about(self, most: int | None = None) -> Parts:
        """What is to be said of the line at the cursor; of what somebody did no more than so much."""
        debrief, name = self.debrief, self.here_list.name_at_cursor
        if debrief is None or name is None:
            return []
        tellers = {
            RATINGS: partial(about_rating, debrief),
            PICTURE: partial(self._about_row, debrief, most),
            RIGHT: partial(about_way, debrief),
            METRICS: partial(about_metric, debrief, self.around),
            ITEMS: partial(about_item, debrief, self.around),
        }
        tell = tellers.get(self.here)
        return tell(name) if tell is not None else about_fact(debrief, int(name))

    def _about_row(self, debrief: Debrief, most: int | None, name: str) -> Parts:
        return about_row(debrief, next(row for row in self._pictured(debrief).rows if row.key == name), most)

    def legend(self) -> list[str]:
        """What the signs of the timeline mean."""
        return legend()

    def _width(self) -> int:
        return max(self.size.width, 20)

    def _columns(self) -> int:
        """How wide the lines of the part in view may be."""
        if self.here == PICTURE or self.has_class("-narrow"):
            return self._width() - _MARGIN
        return self._width() * 3 // 5 - _MARGIN
