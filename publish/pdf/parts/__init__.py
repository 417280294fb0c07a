"""The print PDF in parts: each laid out and painted by itself, then joined into one file.

``cutting`` says what makes a part; ``making``, ``folios`` and ``fonts`` are what workers do;
``joining`` puts the pages together. ``reports`` is what they tell each other.
"""
