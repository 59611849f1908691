-- Whether an entry says what happened; `vocabulary.py` lists the kinds.
row.kind IN (kinds_of_news)
