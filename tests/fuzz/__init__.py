"""Made-up and broken files of every format, and what the conversion promises of all of them.

`python -m tests.fuzz --inputs 20000` tries many of them in converter processes; the tests try some hundred.
"""
