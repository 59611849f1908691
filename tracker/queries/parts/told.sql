-- Whether a line of the journal is between two days, as known and public then.
row.effective_on >= :since AND row.effective_on <= :as_of AND row.entry <= :known
    AND was_public(row.entry) AND (:declared OR row.kind <> 'declaration')
