"""How a database of an earlier version becomes one of this: each file of `versions` is one step, run once.

To change a table, change `tables.py` and add a step after the example of the last one. A step that was released
is never changed.
"""
