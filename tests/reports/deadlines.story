When promises of a day are kept, missed or over, in every report that says so.

@ 2026-03-05 One promise is due on 15 February and one has no day

# One promise is due on 15 February and one has no day
@ 2026-03-05 empty
$ apply HERE/licences.toml

# What was met in a month is late only if all of the month is
@ 2026-04-01 One promise is due on 15 February and one has no day
$ log list kept --on 2026-02 | ^list-public
list-public: met
$ deadlines {deadline late_days}
list-public 0
licences-end –
$ undo
$ log list kept --on 2026-03 | ^list-public
list-public: met, 14 days late
$ deadlines {deadline late_days}
list-public 14
licences-end –

# A month is printed as it was given
$ log list kept --on 2026-02
$ status | Feb
Publish the list of licences Japan kept Feb 2026 list
$ gains | Feb
kept Publish the list of licences Japan Feb 2026 list
$ week 2026-W09 | Feb
Licence accord · week 9, 23 Feb – 1 Mar 2026
Feb 2026 Publish the list of licences promised → kept
$ show list | Feb
Status kept, Feb 2026
15 Feb Publish the list of licences delivery met list-public
#9 Feb 2026 Publish the list of licences kept analyst list
$ status {status_on}
2026-02
2026-01-01

# What is kept before its day is met and no longer due
@ 2026-01-20 One promise is due on 15 February and one has no day
$ week {due: deadline due_on}
list-public 2026-02-15
$ log list kept --on 2026-01-10
$ log list kept --on 2026-01-19 --note 'It is still public'
$ deadlines {deadline verdict outcome_on late_days}
list-public met 2026-01-10 0
licences-end open – –
$ week {due: deadline due_on}
(nothing)
$ deadlines --within 30 {deadline}
(nothing)
$ deadlines -f ics | Delivery|DTSTART
DTSTART;VALUE=DATE:20260110
DESCRIPTION:list: List is public (Japan → EU)\nDelivery\, met as of 20 Jan 2026.
DTSTART;VALUE=DATE:20261231

# No days are left of what was missed by itself or with its concession
$ deadlines | list-public
15 Feb 18 d ago Publish the list of licences delivery overdue list-public
$ log list missed --on 2026-02-16
$ deadlines | list-public
15 Feb – Publish the list of licences delivery missed list-public

# What has to be kept up has met the day of its start
@ 2026-01-20 One promise is due on 15 February and one has no day
$ change list --hold --reason 'It has to stay public'
$ log list kept
$ status {concession status next_deadline.deadline}
list in force licences-end
fees promised –
$ deadlines {deadline verdict}
list-public met
licences-end open
$ week {due: deadline}
(nothing)

# Of what was met only after a later day the earlier one has ended
$ add deadline list-again --concession list --kind delivery --label Again --source joint --due 2026-03-01
$ log list kept --on 2026-03-04
$ show list {deadlines.verdict}
ended, ended
$ week {past: deadline}
(nothing)
$ change list --hold --reason 'It has to stay public'
$ show list {deadlines.verdict}
overdue, overdue
$ week {past: deadline}
(nothing)

# The end of an agreement is the next deadline only of what has to be kept up
$ status fees {next_deadline.deadline term_ends_on}
– –
$ change fees --hold --reason 'No fee may come back'
$ status fees {next_deadline.deadline term_ends_on}
licences-end 2026-12-31

# An agreement with two ends runs until the later one
$ add deadline later --agreement licences --kind expiry --label Prolonged --source joint --due 2027-06-30
$ change fees --hold --reason 'No fee may come back'
$ headline --as-of 2026-12-01
No news; a promise is past its day without an outcome
$ status --as-of 2026-12-01 | ends
as of 1 Dec 2026 · ends 30 Jun 2027, 211 days
$ headline --as-of 2027-01-15
No news; a promise is past its day without an outcome
$ status --as-of 2027-01-15 | ends
as of 15 Jan 2027 · ends 30 Jun, 166 days
$ check --as-of 2027-01-15 {subject finding}
list-public overdue
list stale
fees stale
$ status fees --as-of 2027-01-15 {next_deadline.deadline}
later

# An expiry after which the agreement runs on goes by its label
$ add deadline first --agreement licences --kind expiry --source joint --due 2026-03-12 --label 'First term'
$ move first 2026-03-20 --on 2026-03-02
$ move first 2026-03-25 --says eu --on 2026-03-02
$ week --as-of 2026-03-03 | First term
(nothing)
$ close first cancelled --on 2026-03-04
$ headline --as-of 2026-03-04 | First term
(nothing)

# An expiry after which a concession runs on goes by its label
$ add deadline first --label First --concession fees --kind expiry --source joint --due 2026-03-12
$ add deadline second --label Second --concession fees --kind expiry --source joint --due 2027-03-12
$ close first cancelled --on 2026-03-04
$ headline --as-of 2026-03-04
Charge no fees for licences: end cancelled

# What was met late says so until its verdict is taken back
$ move list-public 2026-02-20 --on 2026-02-01
$ log list kept --on 2026-03-01
$ deadlines | list-public
20 Feb – Publish the list of licences delivery met, 9 days late (14 after the first day) list-public
$ deadlines -f ics | days late
DESCRIPTION:list: List is public (Japan → EU)\nfirst due 15 Feb (+5 d)\nDelivery\, met\, 9 days late as of 5 Mar 2026.
$ log list broken --on 2026-03-04
$ deadlines {deadline verdict}
list-public met
licences-end open
$ undo
$ log list missed --on 2026-03-04
$ deadlines | list-public
20 Feb – Publish the list of licences delivery met, 9 days late (14 after the first day) list-public
$ add deadline list-again --concession list --kind delivery --label Again --source joint --due 2026-03-01
$ show list {deadlines.verdict}
met, ended
$ undo
$ undo
$ undo
$ deadlines {deadline verdict}
list-public overdue
licences-end open

# What was missed comes before claims and notes
$ log list missed --on 2026-03-02
$ headline
A promise by Japan has passed without delivery: Publish the list of licences
$ note list 'Talks go on'
$ headline
A promise by Japan has passed without delivery: Publish the list of licences
$ log fees started --says eu
$ headline
A promise by Japan has passed without delivery: Publish the list of licences
$ log fees started
$ headline
A promise by Japan has passed without delivery: Publish the list of licences

# A verdict that the outcome of its deadline contradicts is found
$ log list kept --on 2026-03-02
$ cat old.csv
effective_on,deadline,outcome
2026-03-03,list-public,missed
$ import old.csv
$ deadlines {deadline verdict} | list
list-public missed
$ check {subject message} | closed
list the verdict is 'kept', and list-public was closed as missed
$ log list kept --on 2026-03-04
$ deadlines {deadline verdict outcome_on} | list
list-public met 2026-03-02

# An agreement’s own days are listed once it was reached
@ 2026-01-08 article
$ change truce-year --due 2026-11-10 --reason 'Its day'
$ deadlines --as-of 2025-09-30 {deadline}
(nothing)
$ deadlines -f ics --as-of 2025-09-30 | SUMMARY
(nothing)
$ deadlines --as-of 2025-10-01 {deadline}
truce-year
apec-2026
china-visit-2026
g20-2026
$ deadlines -f ics --as-of 2025-10-01 | SUMMARY
SUMMARY:One year from October 2025 (derived)
$ log soybeans negotiating --on 2025-09-20
$ deadlines --as-of 2025-09-30 {deadline}
truce-year
apec-2026
china-visit-2026
g20-2026
$ deadlines -f ics --as-of 2025-09-30 | SUMMARY
SUMMARY:One year from October 2025 (derived)

# A term that ended without a word says so in every report, and the week what was named for the whole
@ 2026-03-05 One promise is due on 15 February and one has no day
$ change fees --hold --reason 'No fee may come back'
$ log fees kept --on 2026-02-01
$ add deadline fees-end --concession fees --kind expiry --label 'The waiver ends' --source joint --due 2026-02-28
$ move licences-end 2027-06-30 --says eu --on 2026-02-20
$ move licences-end 2027-06-30 --says japan --on 2026-02-22
$ status fees {status status_before announced.party announced.due_on}
unknown in force – –
$ status fees {next_deadline.deadline overdue.deadline overdue.days_left}
– fees-end -5
$ status fees | fees|ended
Charge no fees for licences EU unknown 1 Feb fees
$ gains | fees
unknown Charge no fees for licences EU since 28 Feb, was in force fees
$ show fees | ^Status
Status unknown since 28 Feb, was in force
$ check | expired .*fees
expired fees its term ended 28 Feb (fees-end), outcome unknown
$ week | whole
EU and Japan named 30 Jun 2027 for the agreement as a whole, but no day for single measures.
$ week | announced
(nothing)
$ claims fees {days.party days.deadline days.due_on}
– – –

# Moving the agreement's end to the day that both sides named does not forget who named it
@ 2026-03-05 A term that ended without a word says so in every report, and the week what was named for the whole
$ move licences-end 2027-06-30
$ week | whole
EU and Japan named 30 Jun 2027 for the agreement as a whole, but no day for single measures.

# What parties named for the whole is not said beside a measure for which one of them named a day
@ 2026-03-05 A term that ended without a word says so in every report, and the week what was named for the whole
$ move fees-end 2026-12-31 --says japan --on 2026-02-25
$ week | whole|says
Last news on 25 February, on “Charge no fees for licences”: Japan says due 31 Dec.
Japan says 31 Dec

# A word dated after the end of a term ends the doubt, and a later day is next again
@ 2026-03-05 A term that ended without a word says so in every report, and the week what was named for the whole
$ log fees kept --on 2026-03-02
$ status fees {status status_before announced.party next_deadline.deadline overdue.deadline}
kept – – – –

# A day that we moved to where a party had named it is that party's word no more, and still no news
@ 2026-11-30 busan
$ diff '2026-11-30#481' {on what before after kind}
(nothing)
$ move affiliates 2027-01-10 --on 2026-11-27
$ diff '2026-11-30#481' {kind what before after on}
late status unknown in force 2026-11-27
late day 2026-11-09 2027-01-10 2026-11-27
late outcome ended open 2026-11-27
$ undo
$ diff '2026-11-30#481' {kind what before after on}
(nothing)

# Of two outcomes of one day the one that was recorded later counts, whenever they were made public
@ 2026-01-20 article
$ close apec-2026 met --on 2026-01-05 --public 2026-01-18
$ retract LAST --reason Wrong
$ --author chen close apec-2026 cancelled --on 2026-01-05
$ undo
$ deadlines {deadline verdict} | apec
apec-2026 cancelled

# Only what was closed is called closed, not what is met with its promise
@ 2026-01-20 article
$ add deadline landing --concession soybeans --kind delivery --label Landing --due 2026-01-05 --source article
$ add deadline loading --concession soybeans --kind delivery --label Loading --due 2026-03-01 --source article
$ log soybeans kept --on 2026-01-10
$ move landing 2026-01-15 --on 2026-01-20
$ week 2026-W04 | purchases|met
Resume soybean purchases (Landing): deadline moved 5 Jan → 15 Jan
20 Jan Resume soybean purchases (Landing) deadline moved 5 Jan → 15 Jan
