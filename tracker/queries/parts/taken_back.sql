-- Whether a retraction had been taken back by the number; see the view `retracted`.
EXISTS (
    SELECT 1 FROM entry AS u
    WHERE u.refers_to = row AND u.kind = 'retraction' AND u.id <= :known AND NOT EXISTS (
        SELECT 1 FROM entry AS x
        WHERE x.refers_to = u.id AND x.kind = 'retraction' AND x.id <= :known
    )
)
