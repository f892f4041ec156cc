"""Readers at the table: what lies on a desk, what is typed in plain mode, views of other processes; addresses."""

import json
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from typing import Final, get_args

from incidentsim import messages
from incidentsim.cli.dialogue.loop import Dialogue
from incidentsim.cli.dialogue.words import WORDS
from incidentsim.domain.errors import InputError
from incidentsim.domain.text import Language
from incidentsim.evidence.trusted_inputs import TrustedInputs
from incidentsim.files.addresses import shown_web_address, web_secrets, without
from incidentsim.ledger.memory import MemoryStore
from incidentsim.session import console_view, form_view, forms, seat_view
from incidentsim.session.form_view import ActionKey
from incidentsim.session.local_seat import LocalSeat
from incidentsim.session.pacing import Pacing
from incidentsim.session.seat_view import SeatView
from incidentsim.session.view_json import from_json, to_json
from incidentsim.session.workspace import Workspace
from incidentsim.settings import settings_in, whole
from incidentsim.storage.address import parse_address, secrets_of_address, shown
from tests.fuzzing import desk
from tests.fuzzing.mutating import mutate
from tests.fuzzing.reader import Reader

KEY: Final = ActionKey("leak", "report", "p1")
_LONGEST_ADDRESS: Final = 2_000
ANSWERS: Final = (
    "\n\n1\n\n\n\nhelp\nlog\nduties\ntracks\ninbox\nread 1\nwait 30\ngo\nactions\nquit\n",
    "lang zh\n继续\n1\nback\nwhy 1\ntry 2\nhand\nincident leak\nwait 99999\ngo\ngo\ngo\n",
    "\n".join([*(word for text in WORDS.values() for word in (*text.en.split(), *text.zh.split())), ""]),
)


def _desk_item(data: bytes) -> str | None:
    """Whatever lies on a run's desk, it is read as nothing or as something; it is nobody's fault."""
    store = MemoryStore()
    store.create("r1", created="", scenario="s", playbook="p")
    words = data.decode("utf-8", "surrogateescape")
    names = ("pacing", f"draft/{KEY.incident}/{KEY.do}/{KEY.person}", "read/p1")
    store.lay("r1", dict.fromkeys(names, words))
    workspace = Workspace("r1", store)
    Pacing.of(workspace).words()
    forms.draft(workspace, KEY)
    workspace.numbers("read/p1")
    return None


def _settings(data: bytes) -> str | None:
    """What can be read as settings is written and read again."""
    settings = settings_in(data, "config.toml")
    if settings_in(whole(settings).encode(), "config.toml") != settings:
        return "they are others when they are written and read again"
    return None


_SETTINGS: Final = (
    b'theme = "light"\n',
    b'# mine\ntheme = "dark"\nlanguage = "zh"\npacing = "live"\nplain = true\n\n[keys]\n"table.go_on" = "g,f5"\n',
    b'[keys]\ntable.go_on = "ctrl+s"\n',
)


@cache
def _views() -> tuple[bytes, ...]:
    with desk.at_desk():
        service = desk.new_service(desk.fresh_store())
        session = service.exercises.take_up(service.records.runs()[-1].id)
        seat = LocalSeat(session, service.exercises.take_up, stepped=True)
        made = json.dumps(to_json(seat.view("en")), ensure_ascii=False).encode()
        seat.close()
    return (made,)


KINDS: Final = tuple(
    kind
    for module in (seat_view, form_view, console_view)
    for kind in vars(module).values()
    if isinstance(kind, type) and kind.__module__ == module.__name__ and hasattr(kind, "__dataclass_fields__")
)


def _view(data: bytes) -> str | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    for kind in KINDS:
        try:
            view: object = from_json(kind, value)
        except ValueError:
            continue
        if to_json(view) != value:
            return f"a {kind.__name__} is written otherwise than it was read"
    from_json(SeatView, value)
    return None


def _typed(data: bytes) -> str | None:
    """Lines typed in plain mode, whatever they are; afterwards the record verifies."""
    language: Language = get_args(Language)[len(data) % 2]
    before = messages.language()
    service = desk.new_service(desk.fresh_store())
    try:
        with desk.at_desk(), redirect_stdout(StringIO()):
            seat = LocalSeat(
                service.exercises.take_up(service.records.runs()[-1].id), service.exercises.take_up, stepped=True
            )
            answers = StringIO(data.decode("utf-8", "backslashreplace"))
            code = Dialogue(seat, language, answers).run()
            run = seat.view("en").run
    finally:
        messages.use(before)
    findings = service.records.verify(str(run), TrustedInputs())
    if not findings.holds:
        return "what was typed made a record that does not verify"
    return None if code == 0 else f"exit code {code}"


def _address(data: bytes) -> str | None:
    """An address is understood or refused, and its password is never in what is shown of it."""
    address = data.decode("utf-8", "surrogateescape")
    shown_web_address(address)
    secrets = [*web_secrets(address), *secrets_of_address(address)]
    without(secrets, address)
    url = parse_address(address)
    if url.password and len(url.password) > 5 and str(url.password) in shown(url):
        return "the password is shown"
    return None


SESSION_READERS: Final[tuple[Reader, ...]] = (
    Reader("settings", lambda: _SETTINGS, _settings),
    Reader(
        "desk",
        lambda: [b'{"live":true,"speed":5}', b'{"what":"x","to":["a","b"]}', b"[1,2,3]"],
        _desk_item,
        (),
        share=150,
    ),
    Reader("view", _views, _view, (ValueError,), share=10),
    Reader("typed", lambda: [answers.encode() for answers in ANSWERS], _typed, (), share=6),
    Reader(
        "address",
        lambda: [
            b"postgresql://user:s3cr3t-w0rd@host.example:5432/name?sslmode=require&application_name=x",
            b"sqlite:///folder/runs.sqlite3",
            b"https://user:password@tsa.example:8443/path?token=secret#part",
        ],
        _address,
        (InputError,),
        lambda data, other, random: mutate(data, other, random)[:_LONGEST_ADDRESS],
        share=60,
    ),
)
