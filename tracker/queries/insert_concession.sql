INSERT INTO concession (
    entry_id, entry_kind, thing_id, agreement_id, title, sector, kind, instrument, test, source_id,
    locator, quote, hold, promised_on, promised_on_precision
)
VALUES (
    :entry_id, 'declaration', :thing_id, :agreement_id, :title, :sector, :kind, :instrument, :test,
    :source_id, :locator, :quote, :hold, :promised_on, :promised_on_precision
)
