"""VERIS records (schema 1.3.3 to 1.4.x) to scenarios: the facts are taken over, the wording is ours.

`source` reads JSON, `record` keeps account of every value, `facts` reads it into plain `content`; `culpability`,
`measuring` and `loss` make the ground truth, `narrative` and `scope` the story with the words in `vocabulary`,
`scenario` the whole, and `not_carried` the report of what stayed behind. Texts and names of a record go nowhere.
"""

from incidentsim.importing.veris.importer import import_veris, import_veris_file

__all__ = ["import_veris", "import_veris_file"]
