"""Every shape of file that is recognised: one table.

Each row has a telltale and its sentence. What a file is called is never asked. An importer for a format is a row in
`incidentsim.importing.formats` and its id here, so that whoever reads the file in vain is told of it.
"""

from dataclasses import dataclass
from typing import Final

from incidentsim.definitions.foreign import telltales as tell
from incidentsim.definitions.foreign.telltales import Telltale
from incidentsim.messages import N_

NO_IMPORTER: Final = N_(
    "There is no importer for it. A scenario is YAML in UTF-8; “incidentsim schema scenario” prints its form."
)
UNPACK: Final = N_("Unpack it first: what is read here is YAML in UTF-8, and “incidentsim import” reads other formats.")
VERIFY: Final = N_("“incidentsim verify FILE” checks it.")
BUNDLE: Final = N_("“incidentsim verify FILE” checks it; “incidentsim prove” and “incidentsim cosign” take it too.")
PART: Final = N_("It belongs into its bundle, which “incidentsim verify” checks as a whole.")
OUTPUT: Final = N_("It was written for other programs, and nothing here reads it.")


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of file, and how it is told.

    Attributes:
        id: its name in this table.
        telltale: tells it from whatever stands behind it in the table.
        title: what it is, behind “It looks like”: a message.
        advice: what can be done with it: a message. Where there is an importer, that is said instead.
        importer: the format by which `incidentsim import` reads it; `None` where there is none.
        ours: whether it is of this program, and only the wrong one here.
    """

    id: str
    telltale: Telltale
    title: str
    advice: str = NO_IMPORTER
    importer: str | None = None
    ours: bool = False


def _ours(name: str, telltale: Telltale, title: str, advice: str) -> Shape:
    return Shape(name, telltale, title, advice, ours=True)


def _schema(name: str) -> Telltale:
    return tell.says("schema", f"incidentsim/{name}/[0-9]")


_OURS: Final = (
    _ours("bundle", tell.all_members("log.jsonl", "checkpoint"), N_("an evidence bundle of incidentsim"), BUNDLE),
    _ours("log", tell.text_begins(r'\{[^\n]*"scheme":\s*"incidentsim/'), N_("an exported log of incidentsim"), VERIFY),
    _ours("proof", tell.either(_schema("proof"), _schema("growth")), N_("a proof of incidentsim"), VERIFY),
    _ours(
        "checkpoint",
        tell.text_begins(r"incidentsim/run/"),
        N_("a checkpoint of incidentsim"),
        N_("“incidentsim verify RUN --checkpoint FILE” compares a record with it."),
    ),
    _ours(
        "scenario",
        _schema("scenario"),
        N_("a scenario"),
        N_("“incidentsim check”, “preview”, “replay” and “play” take it."),
    ),
    _ours(
        "playbook",
        _schema("playbook"),
        N_("a playbook"),
        N_("“incidentsim check” and “diagram” take it, and others with --playbook."),
    ),
    _ours(
        "company-roster",
        _schema("roster"),
        N_("a roster"),
        N_("“incidentsim check” takes it, and others with --people; a scenario names it under people."),
    ),
    _ours(
        "archetype",
        _schema("archetype"),
        N_("an archetype"),
        N_("“incidentsim check” takes it, and “incidentsim generate” makes scenarios of it."),
    ),
    _ours("clocks", _schema("clocks"), N_("a clock pack"), N_("“incidentsim check” takes it.")),
    _ours("controls", _schema("controls"), N_("a control map"), N_("“incidentsim check” takes it.")),
    _ours("evidence", _schema("evidence"), N_("a file of evidence for controls"), N_("“incidentsim check” takes it.")),
    _ours("texts", tell.keys("pointer", "salt", "seq", "text"), N_("the texts of an evidence bundle"), PART),
    _ours(
        "roster", tell.every(tell.is_json, tell.keys("people", "salt")), N_("the roster of an evidence bundle"), PART
    ),
    _ours(
        "result",
        tell.every(tell.is_json, tell.keys("runs", "passed", "failed")),
        N_("the result of “incidentsim replay”"),
        OUTPUT,
    ),
    _ours(
        "public-key",
        tell.text_begins(r"[^\s+]+\+[0-9a-f]{8}\+\S{40,}|-----BEGIN PUBLIC KEY"),
        N_("a public key"),
        N_("“incidentsim verify --signed-by FILE” asks for its signature."),
    ),
    _ours(
        "private-key",
        tell.text_begins(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY"),
        N_("a private key"),
        N_("It signs with --key, and nobody else should be able to read it."),
    ),
    _ours(
        "certificates",
        tell.text_begins(r"-----BEGIN CERTIFICATE"),
        N_("a certificate"),
        N_("“incidentsim verify --tsa-roots FILE” takes root certificates of time-stamping authorities."),
    ),
    _ours(
        "database",
        tell.every(
            tell.begins(b"SQLite format 3\x00"),
            lambda content: b"entries" in content.data and b"roster" in content.data and b"desk" in content.data,
        ),
        N_("a database of runs of incidentsim"),
        N_("“incidentsim runs” lists its runs once INCIDENTSIM_DATABASE_URL names it."),
    ),
)

_EXERCISES: Final = (
    Shape(
        "openaev",
        tell.either(
            tell.member_comment("Scenario", "Exercise"),
            tell.keys("export_version", one_of=("scenario_information", "exercise_information")),
            tell.some_keys(2, "scenario_injects", "scenario_teams", "exercise_injects", "exercise_teams", "inject_id"),
        ),
        N_("an export of OpenAEV (OpenBAS)"),
    ),
    Shape(
        "iceberg",
        tell.either(tell.keys("schema_version", "injects"), tell.keys("participant_teams", "start_inject_id")),
        N_("a scenario of IcebergTTX"),
    ),
    Shape(
        "t3sf",
        tell.every(tell.is_json, tell.some_keys(5, "#", "Real Time", "Date", "Subject", "From", "Player", "Script")),
        N_("a master scenario events list (MSEL) of T3SF"),
    ),
    Shape(
        "cexf",
        tell.keys("exercise", "injects", one_of=("inject_flow", "inject_payloads")),
        N_("an exercise in the Common Exercise Format (CEXF)"),
    ),
    Shape("exercise-data", tell.keys("timelineEvents"), N_("the data of an exercise with timelineEvents")),
    Shape(
        "cacao",
        tell.either(
            tell.says("spec_version", "cacao-"), tell.keys("workflow_start", "workflow"), tell.says("id", "playbook--")
        ),
        N_("a CACAO playbook"),
    ),
    Shape(
        "attack-flow",
        tell.either(
            tell.says("schema", "attack_flow"),
            tell.every(tell.says("type", "bundle$"), tell.holds('"attack-flow')),
            tell.keys("theme", "objects", "layout"),
        ),
        N_("an ATT&CK Flow"),
    ),
    Shape(
        "navigator",
        tell.keys("techniques", one_of=("domain", "versions")),
        N_("a layer of the ATT&CK Navigator"),
    ),
    Shape(
        "stix",
        tell.either(
            tell.says("type", "bundle$"),
            tell.every(tell.is_json, tell.says("id", r"[a-z0-9-]+--[0-9a-f]{8}-"), tell.keys("type")),
        ),
        N_("a STIX bundle"),
    ),
    Shape(
        "veris",
        tell.every(
            tell.is_json,
            tell.either(
                tell.some_keys(3, "action", "actor", "asset", "attribute"),
                tell.keys("schema_version", "incident_id", one_of=("action", "actor", "asset", "attribute", "victim")),
            ),
        ),
        N_("an incident record of VERIS"),
        importer="veris",
    ),
    Shape(
        "thehive",
        tell.every(
            tell.is_json,
            tell.either(
                tell.every(tell.says("_type", "case$|alert$"), tell.keys("severity")),
                tell.every(tell.keys("tlp", "severity"), tell.some_keys(1, "pap", "caseId", "caseTemplate", "_type")),
            ),
        ),
        N_("a case of TheHive"),
    ),
    Shape(
        "dfir-iris",
        tell.every(
            tell.is_json,
            tell.either(
                tell.some_keys(2, "case_name", "case_soc_id", "case_customer", "case_customer_id", "case_description"),
                tell.every(
                    tell.either(tell.keys("case"), tell.key_beginning("case_")),
                    tell.some_keys(2, "timeline", "iocs", "ioc", "assets", "evidences", "tasks", "notes"),
                ),
            ),
        ),
        N_("a case of DFIR-IRIS"),
    ),
    Shape("misp", tell.every(tell.is_json, tell.keys("Event")), N_("an event of MISP")),
    Shape("sigma", tell.keys("logsource", "detection"), N_("a Sigma rule")),
    Shape(
        "oscal",
        tell.every(
            tell.is_json,
            tell.either(
                tell.some_keys(1, "component-definition", "system-security-plan", "assessment-plan"),
                tell.some_keys(1, "catalog", "profile", "assessment-results", "plan-of-action-and-milestones"),
            ),
        ),
        N_("an OSCAL document"),
    ),
    Shape("sarif", tell.every(tell.is_json, tell.keys("runs", "version")), N_("a SARIF log")),
    Shape("json-schema", tell.every(tell.is_json, tell.keys("$schema")), N_("a JSON schema, or a file made after one")),
    Shape(
        "bpmn",
        tell.every(tell.root("definitions"), tell.root_says("/BPMN/")),
        N_("a process in BPMN (XML)"),
    ),
    Shape("drawio", tell.root("mxfile", "mxgraphmodel"), N_("a drawing of draw.io (XML)")),
    Shape("junit", tell.root("testsuites", "testsuite"), N_("a JUnit report (XML)")),
    Shape("msel", tell.is_msel, N_("a master scenario events list (MSEL) as a table (CSV)")),
)

_GENERAL: Final = (
    Shape("xlsx", tell.member("xl/"), N_("a workbook of a spreadsheet program (a zip with xl/ in it)")),
    Shape("docx", tell.member("word/"), N_("a document of a word processor (a zip with word/ in it)")),
    Shape("pptx", tell.member("ppt/"), N_("slides of a presentation program (a zip with ppt/ in it)")),
    Shape("vsdx", tell.member("visio/"), N_("a drawing of Visio (a zip with visio/ in it)")),
    Shape("ods", tell.mime("application/vnd.oasis.opendocument.spreadsheet"), N_("an OpenDocument workbook (a zip)")),
    Shape("odp", tell.mime("application/vnd.oasis.opendocument.presentation"), N_("OpenDocument slides (a zip)")),
    Shape("odt", tell.mime("application/vnd.oasis.opendocument"), N_("an OpenDocument document (a zip)")),
    Shape("epub", tell.mime("application/epub"), N_("an electronic book (a zip)")),
    Shape("zip", tell.begins(b"PK\x03\x04", b"PK\x05\x06"), N_("a zip archive"), UNPACK),
    Shape(
        "ole",
        tell.begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        N_("an old Office file or a message of Outlook (xls, doc, ppt, msg)"),
    ),
    Shape("pdf", tell.begins(b"%PDF-"), N_("a PDF document")),
    Shape("rtf", tell.begins(b"{\\rtf"), N_("a rich-text document (RTF)")),
    Shape("gzip", tell.begins(b"\x1f\x8b"), N_("a file compressed with gzip"), UNPACK),
    Shape("bzip2", tell.begins(b"BZh"), N_("a file compressed with bzip2"), UNPACK),
    Shape("xz", tell.begins(b"\xfd7zXZ\x00"), N_("a file compressed with xz"), UNPACK),
    Shape("zstd", tell.begins(b"\x28\xb5\x2f\xfd"), N_("a file compressed with zstd"), UNPACK),
    Shape("7z", tell.begins(b"7z\xbc\xaf\x27\x1c"), N_("a 7-Zip archive"), UNPACK),
    Shape("rar", tell.begins(b"Rar!\x1a\x07"), N_("a RAR archive"), UNPACK),
    Shape("tar", tell.begins(b"ustar", at=257), N_("a tar archive"), UNPACK),
    Shape("sqlite", tell.begins(b"SQLite format 3\x00"), N_("an SQLite database")),
    Shape(
        "picture",
        tell.either(
            tell.begins(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*"),
            tell.every(tell.begins(b"RIFF"), tell.begins(b"WEBP", at=8)),
            tell.every(tell.begins(b"BM"), tell.begins(b"\x00\x00\x00\x00", at=6)),
            tell.begins(b"ftypheic", b"ftypavif", at=4),
            tell.root("svg"),
        ),
        N_("a picture"),
    ),
    Shape(
        "capture",
        tell.begins(b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\n\r\r\n"),
        N_("a capture of network traffic"),
    ),
    Shape("evtx", tell.begins(b"ElfFile\x00"), N_("an event log of Windows")),
    Shape("program", tell.begins(b"\x7fELF", b"MZ"), N_("a program")),
    Shape("html", tell.either(tell.root("html"), tell.text_begins(r"(?i)\s*<!doctype html")), N_("a web page (HTML)")),
    Shape("xml", tell.either(tell.text_begins(r"\s*<\?xml"), tell.root_says("xmlns")), N_("an XML file")),
    Shape(
        "mail",
        tell.text_begins(r"(?i)(?:from |(?:received|return-path|delivered-to|mime-version|message-id): ?\S)"),
        N_("an e-mail"),
    ),
    Shape("table", tell.is_table, N_("a table (CSV)")),
    Shape("json-lines", tell.text_begins(r"\{[^\n]*\}\r?\n\{"), N_("JSON Lines of a kind that is not known here")),
    Shape("json", tell.is_json, N_("JSON of a kind that is not known here")),
)

UTF_16: Final = Shape(
    "utf-16",
    tell.encoded("utf-16-le", "utf-16-be"),
    N_("UTF-16 text"),
    N_("Save it as UTF-8."),
)
"""Text in an encoding that is not read here, whatever else it looks like."""

SHAPES: Final[tuple[Shape, ...]] = (*_OURS, *_EXERCISES, *_GENERAL, UTF_16)
"""In the order in which they are asked for; the first that tells a file is its shape."""
