-- Whether the subject of a line of the journal had been declared before, as a thing of one kind.
EXISTS (SELECT 1 FROM table AS w WHERE w.thing_id = row.subject_id AND w.entry_id < row.entry)
