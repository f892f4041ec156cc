"""The evidence bundle: a record as one file that others check with tools they already have.

What must never enter here: making reports (they are handed in as bytes), SQL, and the reading of clocks and the
environment. Files are written here and keys are kept here; what is computed comes from `ledger`.
"""
