-- The day on which an entry was public: the one given, else the later of its own and its source's.
COALESCE(
    row.public_on,
    (
        SELECT MAX(x.published_on) FROM source AS x
        WHERE x.thing_id = row.source_id AND x.published_on > row.effective_on
            AND in_force(source, x)
    ),
    row.effective_on
)
