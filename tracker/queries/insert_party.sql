INSERT INTO party (entry_id, entry_kind, thing_id, name, short, part_of_id)
VALUES (:entry_id, 'declaration', :thing_id, :name, :short, :part_of_id)
