"""Fields to write in. What is pasted into them may act no more than anything else: it is made visible first."""

from textual import events
from textual.widgets import Input, TextArea

from incidentsim.tui.widgets.text import settled


def harmless(text: str) -> str:
    """`text` with its own line breaks, and nothing else in it that would act instead of show."""
    return "\n".join(settled(part) for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


class MultilineInput(TextArea):
    """Some lines of text; Tab goes on to the next field."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(harmless(text), id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False)

    def on_mount(self) -> None:
        """Go on where the text ends."""
        self.move_cursor(self.document.end)

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()  # of the same name in the class below
        await super()._on_paste(events.Paste(harmless(event.text)))


class TextInput(Input):
    """One line of text."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(settled(text), placeholder=placeholder, id=id)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()  # of the same name in the class below
        super()._on_paste(events.Paste(settled(event.text)))
        event.stop()
