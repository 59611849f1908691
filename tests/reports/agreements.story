In a book of two agreements, reports say which one each row belongs to.

@ 2026-01-20 The truce and Phase One are in one book

# The truce and Phase One are in one book
@ 2026-01-20 article
$ apply HERE/../../docs/examples/phase-one.toml

# Rows are under their agreement
$ deadlines | ^US–China
US–China trade truce
US–China Phase One agreement
$ history | ^US–China
US–China trade truce
US–China Phase One agreement
$ check | ^Findings
Findings · US–China trade truce
Findings · US–China Phase One agreement
$ diff 2020-12-01 2020-12-31 | · US–China
Changed · US–China Phase One agreement

# Concessions named say nothing of other agreements
$ status list-4a --as-of 2020-06-01 | ^US–China
US–China Phase One agreement · promised to China
$ claims list-4a --as-of 2020-06-01 | ^US–China
US–China Phase One agreement
$ status list-4a --as-of 2019-01-01 | ^US–China|promised
No concession had been promised or mentioned by then
$ claims list-4a --as-of 2019-01-01 | ^US–China|promised
No concession had been promised or mentioned by then
$ show list-4a | US–China
US–China Phase One agreement · list-4a: Halve the tariff on List 4A, from 15 to 7.5%
$ history list-4a | US–China
US–China Phase One agreement · history of list-4a

# A target and an end name their agreement
@ 2020-06-01 The truce and Phase One are in one book
$ pace | 26.2 bn USD
US–China Phase One agreement · Energy of 2020, by US export statistics (PIIE's target) · 26.2 bn USD by 31 Dec energy-2020-us

# An agreement alone shows what was given for a promise of another
$ change chip-sales --in-return-for list-4a --reason Misread
$ log list-4a overtaken --on 2026-01-05
$ week 2026-W02 --agreement busan-2025 {new_at_risk: concession counterpart}
chip-sales list-4a
$ week 2026-W02 --agreement busan-2025 | given for
(nothing)

# Gains count each agreement and all together
$ gains --agreement phase-one -f csv
group,kept,in_force,partly,started,promised,negotiating,stalled,unknown,missed,broken,overtaken,late,await_verdict,before_kept,before_in_force,before_partly,before_started,before_promised,before_negotiating,before_stalled,before_unknown,before_missed,before_broken,before_overtaken
us,0,0,0,0,0,0,0,0,5,0,0,0,0,,,,,,,,,,,
cn,2,0,0,0,0,0,0,0,0,0,0,0,0,,,,,,,,,,,

# An agreement named has its own sources only
$ sources --agreement busan-2025 {key entries}
article 12
$ sources --agreement phase-one {key} | article|text
text
$ sources {key} | article|text
article
text

# An agreement that is not made yet has no days left
$ status --as-of 2021-01-01 --agreement busan-2025 | not yet
as of 1 Jan 2021 · not yet agreed

# A diff says what ended between its days
@ 2026-11-20 article
$ diff 2026-10-01 2026-11-01 {deadline kind what after on}
truce-year passed outcome ended 2026-10-31

# What the book holds is not denied
$ show list-4a --agreement busan-2025
tracker: 'list-4a' is a concession of 'phase-one', which is not in view. Change --agreement or --known-by, or leave them out
[3]
$ show list-4a --known-by '#1'
tracker: 'list-4a' is a concession of 'phase-one', which is not in view. Change --agreement or --known-by, or leave them out
[3]

# What is of no agreement comes after the agreements
$ change us --name 'The United States' --reason 'as in the text'
$ history -f markdown | ##|The United States
## US–China trade truce
## US–China Phase One agreement
## Not part of an agreement in force
| \#90 | 20 Jan | us | party, name: United States → The United States | as in the text | analyst |
## Sources

# A week counts only what was corrected in its own agreement
@ 2026-01-20T09:00Z told
$ apply HERE/../../docs/examples/phase-one.toml
$ log list-4a broken --on 2026-01-19
$ undo
$ week --agreement phase-one | Corrected
(nothing)
$ week --agreement busan-2025 | Corrected
(nothing)
$ week --giver CN | Corrected
(nothing)

# A diff of one agreement names no entries of another, even under a slug that was used again
@ 2026-01-20T09:00Z told
$ apply HERE/../../docs/examples/phase-one.toml
$ add deadline talks --concession soybeans --kind review --label First --due 2026-02-28 --source article
$ retract talks --reason Wrong
$ add deadline talks --agreement phase-one --kind review --label Second --due 2026-03-31 --source article
$ move talks 2026-04-30 --on 2026-01-19
$ diff '2026-01-18#LAST-3' 2026-01-20 --agreement busan-2025 {what deadline after kind entries}
outcome talks – passed –
day talks – corrected 99
