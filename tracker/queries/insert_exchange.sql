INSERT INTO exchange (entry_id, in_return_for_id) VALUES (:entry_id, :in_return_for_id)
