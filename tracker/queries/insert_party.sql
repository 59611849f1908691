INSERT INTO party (entry_id, entry_kind, thing_id, name, short)
VALUES (:entry_id, 'declaration', :thing_id, :name, :short)
