"""How a database written by an older version becomes one of today; run by `schema.bring_up_to_date`.

A new step is a module in `versions` that names the one before it; a step that has been released is never changed.
A test compares what all the steps build with what `tables` declares.
"""
