What commands print where there is nothing to report.

@ 2026-01-08 article

# An empty book answers every report
$ --db empty.db init --empty
Made a book at empty.db: empty.
Next: tracker --db empty.db add --help
$ --db empty.db week
Week 2, 5–11 Jan 2026
8 January 2026
No news
No update is recorded yet.
2026-01-08#0
$ --db empty.db status
Status
as of 8 Jan 2026
Nothing had been recorded by then
2026-01-08#0
$ --db empty.db gains --by giver
Who gave what
as of 8 Jan 2026
Who gave what: none
Promises are counted, not weighed: one may matter more than ten others.
2026-01-08#0
$ --db empty.db history
History
as of 8 Jan 2026
None
2026-01-08#0
$ --db empty.db deadlines
Deadlines
as of 8 Jan 2026
None
2026-01-08#0
$ --db empty.db pace
Pace
as of 8 Jan 2026
Targets: none
2026-01-08#0
$ --db empty.db claims
Claims
as of 8 Jan 2026
Nothing had been recorded by then
2026-01-08#0
$ --db empty.db check
$ --db empty.db sources
Sources
as of 8 Jan 2026
None
2026-01-08#0
$ --db empty.db diff 2026-01-01 2026-01-08
Changes after 2026-01-01#0, up to 2026-01-08#0
as of 8 Jan 2026
Changed: nothing
2026-01-08#0
$ --db empty.db checked
None
$ --db empty.db undo
tracker: Nothing to undo: 'analyst' has no command left to take back. For somebody else's entry, use 'tracker retract ENTRY --reason …'
[4]

# What is not there yet is said, and what was looked at can be taken back
$ show soybeans --as-of 2025-01-01 | promised
soybeans: not yet promised
$ source diff article
tracker: A comparison needs two kept texts, but at these clocks 'article' has 0. Keep one with 'tracker source keep article FILE'
[3]
$ checked
#25 busan-2025: checked, 8 Jan 2026
$ undo
#26 busan-2025: retracts #25 (checked, 8 Jan 2026), 8 Jan 2026
