"""What other people and programs read: the procedure as a picture, the record as a log, reports, JUnit and JSON.

Pure: everything here takes domain objects and facts and returns text or bytes. What must never enter here: opening
files or databases, looking at a clock or the environment, and terminal colours. The one thing asked of the outside
is the `dot` program of Graphviz, by `diagram.svg`.
"""
