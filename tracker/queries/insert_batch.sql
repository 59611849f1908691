INSERT INTO batch (
    id, command, author, recorded_at, utc_offset, first_entry, origin, origin_at, merged_by, seal
)
VALUES (
    :batch, :command, :author, :recorded_at, :utc_offset, :first_entry, :origin, :origin_at,
    :merged_by, :seal
)
