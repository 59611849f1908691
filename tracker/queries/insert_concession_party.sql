INSERT INTO concession_party (entry_id, role, place, party_id)
VALUES (:entry_id, :role, :place, :party_id)
