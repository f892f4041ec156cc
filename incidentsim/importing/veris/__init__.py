"""VERIS records (schema 1.3.3 to 1.4.x) to scenarios: the facts are taken over, the wording is ours.

`source` reads JSON, `record` keeps account of every value, `facts` reads it into plain `content`; `judging`,
`measuring` and `loss` make the ground truth, `telling` and `extent` the story with the tables in `words`, `cast`
the people, `scenario` the whole, and `leftovers` the report of what stayed behind. Texts and names of a record go
nowhere.
"""

from incidentsim.importing.veris.importer import Imported, import_veris, import_veris_file
from incidentsim.importing.veris.record import Assumed, NotCarried

__all__ = ["Assumed", "Imported", "NotCarried", "import_veris", "import_veris_file"]
