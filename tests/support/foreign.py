"""A file of every shape that is recognised, invented and as small as it can be."""

import json
from io import BytesIO
from typing import Final
from zipfile import ZipFile, ZipInfo


def zipped(*names: str, comment: str = "", content: str = "x") -> bytes:
    """A zip file with these members, each with this comment."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name in names:
            member = ZipInfo(name)
            member.comment = comment.encode()
            archive.writestr(member, content)
    return file.getvalue()


def jsoned(value: object) -> bytes:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _open_document(kind: str) -> bytes:
    return zipped("mimetype", "content.xml", content=f"application/vnd.oasis.opendocument.{kind}")


MSEL: Final = "No.,Time,From,To,Mode,Event,Expected action\n1,00:00,Desk,Shop,phone,Empty list,Report it\n"
MSEL_ZH: Final = "序号;时间;发件方;收件方;方式;事件;预期行动\n1;00:00;台;店;电话;空;上报\n"

SAMPLES: Final[dict[str, tuple[bytes, ...]]] = {
    "bundle": (zipped("log.jsonl", "playbook.yaml", "checkpoint", "VERIFY.md"),),
    "log": (b'{"at":0,"fact":{},"scheme":"incidentsim/entry/1","seq":0}\n',),
    "proof": (
        jsoned({"checkpoint": "x", "schema": "incidentsim/proof/1", "seq": 7}),
        jsoned({"earlier": "x", "schema": "incidentsim/growth/1"}),
    ),
    "checkpoint": (b"incidentsim/run/20260101-000000-abcdef\n3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",),
    "scenario": (b"schema: incidentsim/scenario/1\nid: a\n",),
    "playbook": (b"# a comment\nschema: 'incidentsim/playbook/1'\n",),
    "company-roster": (b"schema: incidentsim/roster/1\n",),
    "archetype": (b"schema: incidentsim/archetype/1\n",),
    "clocks": (b"schema: incidentsim/clocks/1\n",),
    "controls": (b"schema: incidentsim/controls/1\n",),
    "evidence": (b"schema: incidentsim/evidence/1\n",),
    "texts": (b'{"pointer":"/with/what","salt":"00","seq":3,"text":"it"}\n',),
    "roster": (jsoned({"people": {}, "salt": "00"}),),
    "result": (jsoned({"runs": [], "passed": 0, "failed": 0, "not_run": []}),),
    "public-key": (b"desk+0123abcd+AQ" + b"A" * 42 + b"\n", b"-----BEGIN PUBLIC KEY-----\nMCow\n"),
    "private-key": (b"-----BEGIN PRIVATE KEY-----\nMC4C\n", b"-----BEGIN EC PRIVATE KEY-----\n"),
    "certificates": (b"-----BEGIN CERTIFICATE-----\nMIIB\n",),
    "database": (b"SQLite format 3\x00" + b"CREATE TABLE entries CREATE TABLE roster CREATE TABLE desk",),
    "openaev": (
        jsoned({"export_version": 1, "scenario_information": {"scenario_name": "x"}, "scenario_injects": None}),
        jsoned({"exercise_teams": [], "exercise_injects": [{"expectation_score": 100.0}]}),
        zipped("attachment.pdf", "scenario.json", comment="Scenario"),
    ),
    "iceberg": (jsoned({"schema_version": "1.0", "title": "x", "participant_teams": [], "injects": []}),),
    "t3sf": (jsoned([{"#": 1, "Real Time": "07:29 PM", "Subject": "x", "From": "a", "Player": "b", "Script": "c"}]),),
    "cexf": (jsoned({"exercise": {}, "inject_flow": [], "inject_payloads": [], "injects": []}),),
    "exercise-data": (jsoned({"timelineEvents": [], "objectives": []}),),
    "cacao": (
        jsoned({"type": "playbook", "spec_version": "cacao-2.0", "id": "playbook--1", "workflow": {}}),
        b"type: playbook\nspec_version: cacao-2.0\nworkflow_start: start--1\nworkflow: {}\n",
    ),
    "attack-flow": (
        jsoned({"schema": "attack_flow_v2", "theme": "dark_theme", "objects": []}),
        jsoned({"type": "bundle", "id": "bundle--1", "objects": [{"type": "attack-flow"}]}),
    ),
    "navigator": (jsoned({"name": "x", "versions": {}, "domain": "enterprise-attack", "techniques": []}),),
    "stix": (
        jsoned({"type": "bundle", "id": "bundle--1", "objects": []}),
        jsoned({"type": "incident", "id": "incident--00000000-0000-4000-8000-000000000001"}),
    ),
    "veris": (
        jsoned({"action": {}, "actor": {}, "asset": {}, "attribute": {}, "schema_version": "1.3.7"}),
        jsoned([{"schema_version": "1.3.7", "incident_id": "x", "action": {}}]),
    ),
    "thehive": (
        jsoned({"_id": "~1", "_type": "Case", "title": "x", "severity": 2, "tlp": 2, "pap": 2}),
        jsoned({"title": "x", "severity": 2, "tlp": 2, "pap": 2, "tags": []}),
    ),
    "dfir-iris": (
        jsoned({"case": {"name": "x"}, "timeline": [], "iocs": [], "assets": [], "notes": []}),
        jsoned({"case_name": "x", "case_soc_id": "1", "case_customer": 1}),
    ),
    "misp": (jsoned({"Event": {"info": "x"}}),),
    "sigma": (b"title: x\nlogsource:\n  product: linux\ndetection:\n  condition: a\n",),
    "oscal": (jsoned({"assessment-results": {}}),),
    "sarif": (jsoned({"version": "2.1.0", "runs": []}),),
    "json-schema": (jsoned({"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "x"}),),
    "bpmn": (
        b'<?xml version="1.0"?>\n<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL">\n',
        b'<!-- made --><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    ),
    "drawio": (b'<mxfile host="x"><diagram/></mxfile>',),
    "junit": (b"<?xml version='1.0'?><testsuites/>",),
    "msel": (
        MSEL.encode(),
        MSEL.replace(",", ";").encode("utf-8-sig"),
        MSEL.replace(",", "\t").upper().encode("utf-16"),
        MSEL_ZH.encode(),
        MSEL_ZH.encode("gb18030"),
    ),
    "xlsx": (zipped("docProps/app.xml", "xl/workbook.xml", "[Content_Types].xml"),),
    "docx": (zipped("[Content_Types].xml", "word/document.xml"),),
    "pptx": (zipped("[Content_Types].xml", "ppt/presentation.xml"),),
    "vsdx": (zipped("[Content_Types].xml", "visio/document.xml"),),
    "ods": (_open_document("spreadsheet"),),
    "odp": (_open_document("presentation"),),
    "odt": (_open_document("text"),),
    "epub": (zipped("mimetype", "a.html", content="application/epub+zip"),),
    "zip": (zipped("anything.txt"), zipped()),
    "ole": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",),
    "rtf": (b"{\\rtf1\\ansi x}",),
    "gzip": (b"\x1f\x8b\x08\x00" + bytes(20),),
    "bzip2": (b"BZh91AY&SY" + bytes(9),),
    "xz": (b"\xfd7zXZ\x00" + bytes(9),),
    "zstd": (b"\x28\xb5\x2f\xfd" + bytes(9),),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(9),),
    "rar": (b"Rar!\x1a\x07\x01\x00",),
    "tar": (b"a.txt" + bytes(252) + b"ustar\x0000",),
    "sqlite": (b"SQLite format 3\x00" + bytes(80),),
    "picture": (
        b"\x89PNG\r\n\x1a\n\x00",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"GIF89a",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"BM\x00\x00\x01\x00\x00\x00\x00\x00",
        b"\x00\x00\x00\x18ftypheic",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    ),
    "capture": (b"\xd4\xc3\xb2\xa1" + bytes(20),),
    "evtx": (b"ElfFile\x00" + bytes(20),),
    "program": (b"\x7fELF\x02", b"MZ\x90\x00"),
    "html": (b"<!DOCTYPE html>\n<html lang='en'><title>x</title>", b"<html><body>"),
    "xml": (b"<?xml version='1.0'?><anything/>", b'<a:thing xmlns:a="urn:x"/>'),
    "mail": (b"Received: from x\nSubject: y\n\nz\n", b"MIME-Version: 1.0\n"),
    "table": (b"a,b,c\n1,2,3\n", "a;b\n1;2\n".encode("utf-16")),
    "json-lines": (b'{"a": 1}\n{"a": 2}\n',),
    "json": (b'{"a": 1.5}', b"{}", b'[{"b": null}]'),
    "utf-16": ("nothing in particular\n".encode("utf-16"), "nothing in particular\n".encode("utf-16-le")),
}
"""By the shape's id."""

OTHERS: Final = (
    b"",
    b"\n",
    b"id: a\ntitle: b\n",
    b"- a\n- b\n",
    b"3\n",
    b"Dear all, the queue stands still.\n\nRegards\n",
)
"""Files that look like nothing that is known."""
