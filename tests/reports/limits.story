A ceiling with a condition, from its declaration to the day on which it is broken.

@ 2026-03-01 A ceiling waits for its condition

# A ceiling waits for its condition
@ 2026-03-01 article
$ apply HERE/eu-us.toml

# The condition came about, and the ceiling was kept
$ move cars-ceiling 2025-08-01 --on 2025-08-28
$ measure cars-ceiling 27.5 --by CBP --basis level --on 2025-07-31
$ measure cars-ceiling 15 --by CBP --basis level --on 2025-09-16
$ log cars kept --on 2025-09-16

# Both sides promised to agree on steel
$ add concession steel --giver us --giver eu --receiver us --receiver eu --agreement eu-us --kind meeting --instrument joint-text --title 'Agree on steel' --test Agreed --sector steel --source joint
$ add deadline steel-by --concession steel --kind delivery --label Agreed --due 2026-01-31 --source joint

# Until its condition comes about it waits and binds nobody
$ measure cars-ceiling 27.5 --by CBP --basis level --on 2025-08-25
$ status cars {holds term_ends_on promised_on next_deadline.due_on next_deadline.awaits next_deadline.days_left}
true 2028-12-31 2025-08-21 – the EU proposes its law –
$ status cars {figure.bound figure.target figure.value figure.over_by}
at-most 15 – –
$ deadlines {deadline verdict} | cars
cars-ceiling waiting
$ deadlines -f ics | cars-ceiling
(nothing)
$ pace cars | awaits|before it binds
EU–US framework · Ceiling on cars · at most 15%; awaits the EU proposes its law
CBP level 27.5 25 Aug 2025, before it binds

# Only a status makes a promise appear before its day
$ measure cars-ceiling 27.5 --by CBP --basis level --on 2025-08-15
$ note cars 'Talks in Washington' --on 2025-08-16
$ status --as-of 2025-08-20 {concession} | cars
(nothing)
$ status --as-of 2025-08-21 {concession} | cars
cars
$ log cars negotiating --says us --on 2025-08-15
$ status --as-of 2025-08-15 {concession} | cars
cars

# A day that is supplied is not a slip, and what was read before it does not count
@ 2026-03-01 The condition came about, and the ceiling was kept
$ status cars {status figure.value figure.percent figure.over_by}
in force 15 – –
$ deadlines {deadline opens_on slip_days verdict} | cars
cars-ceiling 2025-08-01 0 open

# A day supplied later can make a limit exceeded at once
$ measure cars-ceiling 27.5 --by CBP --basis level --on 2025-08-25
$ move cars-ceiling 2025-08-01 --on 2025-08-28
$ status cars {figure.over_by}
12.5

# A statement of the day that holds changes nothing
$ move cars-ceiling 2025-08-01 --says us --on 2025-08-28 | ^cars
cars-ceiling: this statement alone does not move it
$ move cars-ceiling 2025-08-01 --says eu --on 2025-08-28 | ^cars
cars-ceiling: first day set for 1 Aug 2025 (US, EU)
cars-ceiling: open
$ move cars-ceiling 2025-08-01 --says de --on 2025-08-28 | ^cars
(nothing)

# A statement on a closed deadline is reported that it is closed
@ 2026-03-01 Both sides promised to agree on steel
$ log steel overtaken --on 2026-02-12
$ move steel-by 2026-04-30 --says us | ^steel
steel-by: this statement alone does not move it

# Over by one count and not by another, the figure is that of the one counted first
@ 2026-03-01 The condition came about, and the ceiling was kept
$ measure cars-ceiling 25 --by CBP --basis level --on 2026-01-10
$ measure cars-ceiling 15 --by 'European Commission' --basis level --on 2026-01-12
$ status cars {figure.counted_by figure.value figure.over_by figure.over_since}
CBP 25 10.0 2026-01-10
$ status cars | No duty
No duty above 15 % on cars US in force, awaits your verdict: CBP 25 of 15 25% (max 15%) 31 Dec 2028 12 Jan cars
$ check {subject finding message} | contradicted
cars contradicted the verdict is 'kept', and CBP counts 25%, above the limit of 15% (cars-ceiling)

# Over by its figure it is exceeded, contradicts kept and awaits a verdict
@ 2026-03-01 The condition came about, and the ceiling was kept
$ measure cars-ceiling 25 --by CBP --basis level --on 2026-01-10
$ measure cars-ceiling 20 --by CBP --basis level --on 2026-02-10
$ status cars {figure.over_by figure.over_since}
5.0 2026-01-10
$ check {subject finding message} | contradicted
cars contradicted the verdict is 'kept', and CBP counts 20%, above the limit of 15% (cars-ceiling)
$ pace cars | at most
EU–US framework · Ceiling on cars · at most 15% · 20%, above the limit, CBP, 10 Feb
$ deadlines cars-ceiling | over since
binds from 1 Aug 2025; over since 10 Jan, now by 5
$ log cars kept --on 2026-02-20
$ gains | until
in force No duty above 15 % on cars US until 31 Dec 2028; 20% (CBP, 10 Feb), above the limit of 15% cars
in force No duty above 15 % on cars US until 31 Dec 2028; 20% (CBP, 10 Feb), above the limit of 15% cars

# An exceeded limit contradicts every open promise
$ move cars-ceiling 2025-08-01 --on 2025-08-28
$ measure cars-ceiling 25 --by CBP --basis level --on 2026-01-10
$ check {subject finding message} | contradicted
cars contradicted the status is 'promised', and CBP counts 25%, above the limit of 15% (cars-ceiling)
$ log cars started --on 2026-01-12
$ check {subject finding message} | contradicted
cars contradicted the verdict is 'started', and CBP counts 25%, above the limit of 15% (cars-ceiling)
$ log cars negotiating --on 2026-01-12
$ check {subject finding message} | contradicted
(nothing)
$ log cars broken --on 2026-01-12
$ check {subject finding message} | contradicted
(nothing)
$ log cars overtaken --on 2026-01-12
$ check {subject finding message} | contradicted
(nothing)

# A limit that two counts exceed is exceeded in the week
@ 2026-03-01 The condition came about, and the ceiling was kept
$ measure cars-ceiling 25 --by CBP --basis level --on 2026-02-24
$ measure cars-ceiling 18 --by 'European Commission' --basis level --on 2026-02-25
$ headline --agreement eu-us
No duty above 15 % on cars passes the limit: CBP counts 25%
$ week --agreement eu-us --brief | above the limit
24 Feb No duty above 15 % on cars 15% → 25% (CBP), above the limit of 15%; awaits your verdict
25 Feb 18% (European Commission), above the limit of 15%; awaits your verdict

# A figure below a limit does not hide a count above it
@ 2026-03-01 The condition came about, and the ceiling was kept
$ measure cars-ceiling 15 --by CBP --basis level --on 2026-02-18
$ measure cars-ceiling 25 --by ACEA --basis level --on 2026-02-25
$ headline --agreement eu-us
No duty above 15 % on cars passes the limit: ACEA counts 25%
$ status cars {figure.counted_by figure.over_by awaits_verdict}
CBP – true
$ status cars | No duty
No duty above 15 % on cars US in force, awaits your verdict: ACEA 25 of 15 15% (max 15%) 31 Dec 2028 25 Feb cars
$ check {finding subject message} | ceiling
contradicted cars the verdict is 'kept', and ACEA counts 25%, above the limit of 15% (cars-ceiling)
unnamed cars-ceiling it does not say which counts: ACEA and CBP; its figure is 15% (CBP, 18 Feb), within the limit of 15%
$ measure cars-ceiling 14 --by ACEA --basis level --on 2026-02-27
$ week --agreement eu-us | ACEA
Last news on 27 February, on “No duty above 15 % on cars”: 14% level, ACEA.
$ status cars {awaits_verdict}
false

# An exceeded limit comes before other figures and moved days
@ 2026-03-01 Both sides promised to agree on steel
$ add deadline talks --concession steel --kind delivery --label Talks --due 2026-12-31 --source joint --target 4 --unit rounds
$ move cars-ceiling 2025-08-01 --on 2025-08-28
$ measure cars-ceiling 25 --by CBP --on 2026-02-24
$ measure talks 1 --by USTR --on 2026-02-26
$ move steel-by 2026-04-30 --on 2026-02-27
$ headline --agreement eu-us
No duty above 15 % on cars passes the limit: CBP counts 25%
$ add deadline duty --concession steel --kind delivery --label 'Duty on steel' --opens 2025-08-21 --bound at-most --target 50 --unit % --source joint
$ measure duty 55 --by CBP --on 2026-02-26
$ headline --agreement eu-us
No duty above 15 % on cars passes the limit: CBP counts 25%

# It is broken at once and cannot be missed while it runs
@ 2026-03-01 The condition came about, and the ceiling was kept
$ log cars missed
tracker: 'cars' cannot be missed on 2026-03-01: its deadline 'eu-us-end' runs to 2028-12-31. Log the concession as 'stalled', or as 'broken' if an act broke it; 'missed' needs a day after 2028-12-31
[4]
$ log cars broken --on 2026-02-20
$ gains --agreement eu-us {group missed}
eu 0
de 0

# A bloc’s word is named where it contests another’s
@ 2026-03-01 The condition came about, and the ceiling was kept
$ log cars kept --says us --on 2026-02-01
$ log cars stalled --says eu --on 2026-02-01
$ check | says kept
contested cars US says kept, 1 Feb; EU says stalled, 1 Feb

# Claims beside a declared status have days of their own
$ log cars kept --says us --on 2026-02-01
$ log cars stalled --says de --on 2026-01-05
$ show cars -f markdown | says kept
| Claims | US says kept, 1 Feb; Germany says stalled, 5 Jan |
| \#32 | 1 Feb | US says kept |

# A party on both sides is named once
@ 2026-03-01 Both sides promised to agree on steel
$ log steel kept --says us
$ log steel kept --says eu
$ show steel -f markdown | says
| Claims | US says kept, 1 Mar; EU says kept, 1 Mar |
| \#34 | 1 Mar | US says kept |
| \#35 | 1 Mar | EU says kept |
$ gains --agreement eu-us | ^Promised|steel
Promised to US
kept Agree on steel EU 1 Mar, 29 days late steel
Promised to EU
kept Agree on steel US 1 Mar, 29 days late steel
Promised to Germany

# Every report agrees on what is overdue
@ 2026-03-01 Both sides promised to agree on steel
$ deadlines --within 0 {deadline verdict} | steel
steel-by overdue
$ week {past: deadline}
steel-by
$ check {subject finding} | overdue
steel-by overdue
$ log steel kept --on 2026-01-15
$ show steel {deadlines.verdict}
met
$ deadlines --within 0 {deadline verdict} | steel
(nothing)
$ week {past: deadline}
(nothing)
$ check {subject finding} | overdue
(nothing)

# What both sides called started once was kept
@ 2029-01-02 A ceiling waits for its condition
$ log cars kept --says us --on 2025-09-01
$ log cars kept --says eu --on 2025-09-01
$ log cars started --says us --on 2026-01-10
$ log cars started --says eu --on 2026-01-10
$ log cars kept --says us --on 2029-01-01
$ log cars kept --says eu --on 2029-01-01

# What is due or ends today is not due in 0 days
@ 2028-12-31 Both sides promised to agree on steel
$ status steel --as-of 2026-01-31 | 31 Jan
as of 31 Jan 2026
Agree on steel US, EU promised 31 Jan steel
$ show eu-us-end | today
as of 31 Dec 2028 · the agreement ends 31 Dec, today
31 Dec today Framework ends expiry open EU, Germany eu-us-end
$ log cars kept
$ deadlines {deadline ends loses days_left} | eu-us-end
eu-us-end cars eu, de 0

# What both sides call met is met, on the day on which the second said so
@ 2026-03-01 Both sides promised to agree on steel
$ log steel kept --says us --on 2026-02-25
$ log steel kept --says eu
$ deadlines {deadline verdict outcome_on} | steel
steel-by met 2026-03-01

# Show says when it was last checked and what is not promised yet
$ show cars --as-of 2025-08-01 | not yet promised
cars: not yet promised
$ checked cars
$ show cars | Last checked
Last checked 1 Mar

# A limit is not due on its last day but ends
@ 2026-03-01 The condition came about, and the ceiling was kept
$ change cars-ceiling --due 2026-03-10 --reason Annex
$ week --agreement eu-us | 10 Mar
No news. Ends on 10 March: No duty above 15 % on cars
10 Mar US No duty above 15 % on cars: 15% (CBP, 16 Sep 2025), within the limit of 15% in 9 days
$ log cars stalled --on 2026-02-25
$ week --agreement eu-us | 10 Mar
10 Mar US No duty above 15 % on cars: 15% (CBP, 16 Sep 2025), within the limit of 15% in 9 days

# A restated limit is not called a target
@ 2026-03-01 The condition came about, and the ceiling was kept
$ move cars-ceiling 2025-08-01 --target 20 --on 2026-02-25 --says us
$ headline --agreement eu-us
No duty above 15 % on cars: US says target 20%
$ undo
$ move cars-ceiling 2025-08-07 --target 20 --on 2026-02-25 --says us
$ headline --agreement eu-us
No duty above 15 % on cars: US says it binds from 7 Aug 2025
$ undo
$ move cars-ceiling 2025-08-01 --target 20 --on 2026-02-25
$ headline --agreement eu-us
No duty above 15 % on cars: target 15 → 20%

# A count from before a limit binds is not its figure
@ 2026-03-01 The condition came about, and the ceiling was kept
$ measure cars-ceiling 27.5 --by ACEA --basis level --on 2025-07-02 --source joint
$ headline 2025-W27 --agreement eu-us
No news
$ diff 2025-06-29 2025-07-06 | ACEA
(nothing)

# A table of a limit has its figure as its title
@ 2026-03-01 The condition came about, and the ceiling was kept
$ measure cars-ceiling 20 --by CBP --basis level --on 2026-01-15 --source joint
$ measure cars-ceiling 15 --by CBP --basis level --on 2026-02-15 --source joint
$ pace cars | at most
EU–US framework · Ceiling on cars · at most 15% · 15%, CBP, 15 Feb
$ pace cars --as-of 2026-01-20 | at most
EU–US framework · Ceiling on cars · at most 15% · 20%, above the limit, CBP, 15 Jan

# What one day added against a limit is not a level
$ measure cars-ceiling 5 --by CBP --on 2025-12-31 | : .*5%
#32 cars-ceiling: 5% level, CBP, 31 Dec 2025
$ measure cars-ceiling 5 --by CBP --on 2025-12-31 --flow | : .*5%
#33 cars-ceiling: +5%, CBP, 31 Dec 2025

# A limit without a last day ends with its term
@ 2029-01-01 The condition came about, and the ceiling was kept
$ show cars-ceiling {verdict}
ended
$ show cars-ceiling --as-of 2028-12-31 {verdict}
open

# A limit of the agreement itself binds from the day of the agreement
$ add deadline all-goods --agreement eu-us --kind delivery --label 'Duty on all goods' --due 2026-12-31 --bound at-most --target 15 --unit % --source joint
$ measure all-goods 20 --by CBP --basis level --on 2025-08-01
$ measure all-goods 20 --by Customs --basis level --on 2025-09-01
$ pace --agreement eu-us {deadline counted_by over_by} | all-goods
all-goods Customs 5.0
all-goods CBP –

# A count for a deadline of the agreement itself is news
$ add deadline all-goods --agreement eu-us --kind delivery --label 'Duty on all goods' --due 2026-12-31 --source joint --bound at-most --target 15 --unit %
$ add deadline rounds --agreement eu-us --kind delivery --label 'Rounds of talks' --due 2026-12-31 --source joint
$ measure all-goods 15.5 --by CBP --on 2026-02-25
$ headline --agreement eu-us
Duty on all goods passes the limit: CBP counts 15.5%
$ undo
$ measure rounds 2 rounds --by USTR
$ headline --agreement eu-us
USTR counts 2 rounds: Rounds of talks

# China promised a visit
@ 2026-01-08 article
$ add concession visit --agreement busan-2025 --giver cn --receiver us --sector talks --kind meeting --instrument readout --title Visit --test Seen --source article
$ add deadline visit-by --concession visit --kind delivery --label Visit --due 2025-12-31 --source article

# What is logged again of a promise counts from its first day
@ 2026-01-08 China promised a visit
$ log visit kept --on 2025-12-01
$ log visit partly --on 2025-12-02
$ log visit kept --on 2025-12-30
$ log visit kept --on 2026-01-06

# What is logged again as broken counts from its first day
@ 2026-01-08 China promised a visit
$ log visit broken --on 2025-12-01
$ log visit partly --on 2025-12-02
$ log visit broken --on 2025-12-30
$ log visit broken --on 2026-01-06

# What both sides call met again counts from its first day
@ 2026-01-08 China promised a visit
$ log visit kept --on 2025-12-01 --says cn
$ log visit kept --on 2025-12-01 --says us
$ log visit partly --on 2025-12-02 --says cn
$ log visit partly --on 2025-12-02 --says us
$ log visit kept --on 2025-12-30 --says cn
$ log visit kept --on 2025-12-30 --says us
$ log visit kept --on 2026-01-06 --says cn
$ log visit kept --on 2026-01-06 --says us

# What both sides call broken again counts from its first day
@ 2026-01-08 China promised a visit
$ log visit broken --on 2025-12-01 --says cn
$ log visit broken --on 2025-12-01 --says us
$ log visit partly --on 2025-12-02 --says cn
$ log visit partly --on 2025-12-02 --says us
$ log visit broken --on 2025-12-30 --says cn
$ log visit broken --on 2025-12-30 --says us
$ log visit broken --on 2026-01-06 --says cn
$ log visit broken --on 2026-01-06 --says us

# A bloc that spoke for its only member is named in the claims
@ 2026-01-08 article
$ add party eu --name 'European Union' --short EU
$ add party de --name Germany --short Germany --part-of eu
$ change soybeans --giver de --reason 'Another book'
$ log soybeans kept --says eu
$ log rare-earths kept --says cn
$ claims -f markdown | kept
| Resume soybean purchases | Germany → US | one-sided | started | EU says kept, 8 Jan |
| Let rare earths flow again | China → US | one-sided | started | China says kept, 8 Jan |

# What one party says of a mutual promise has its name on both sides
@ 2026-01-08 article
$ change soybeans --giver us --giver cn --receiver us --receiver cn --reason 'They promised it together'
$ log soybeans kept --says us
$ claims soybeans -f markdown | kept
| Resume soybean purchases | US ↔ China | one-sided | started | US says kept, 8 Jan |

# What was read after a limit is news with its own figure
$ move cars-ceiling 2025-08-01 --on 2025-08-28
$ change cars-ceiling --due 2026-01-31 --reason 'The text says so'
$ measure cars-ceiling 15 --by CBP --basis level --on 2026-01-12
$ measure cars-ceiling 25 --by CBP --basis level --on 2026-02-03

# A limit of zero is a target like any other
$ add deadline none --concession cars --kind delivery --label None --due 2026-12-31 --bound at-most --target 0 --base 27.5 --unit % --source joint
$ measure none 2.5 --by CBP --basis level --on 2026-01-06 | none:
#33 none: 2.5% level, CBP, 6 Jan 2026
none: 2.5% (CBP), above the limit of 0%

# What is known to the month is in the data as it was given
$ log cars kept --on 2025-09
$ log cars kept --says cn --on 2025-10 --source joint
$ status cars {status_on}
2025-09
$ claims cars {others}
{"party": "cn", "status": "kept", "on": "2025-10", "source": "joint"}
$ gains --agreement eu-us {concessions: status_on}
2025-09
2025-09

# Met before a limit binds or a window opens is warned of
$ measure cars-ceiling 27.5 --by CBP --basis level --on 2025-08-25
$ log cars kept --on 2025-08-26 | is kept
Warning: cars is kept, but cars-ceiling has no reading that counts; log one with 'tracker measure'
$ add deadline visit --concession cars --kind delivery --label 'Visit of the plants' --opens 2026-02-01 --due 2026-06-30 --source joint
$ log cars kept --on 2026-01-31 | is kept
Warning: cars is kept, but cars-ceiling has no reading that counts; log one with 'tracker measure'
Warning: cars is kept before the window of visit opens on 1 Feb

# A limit without a day waits for nothing
@ 2026-03-01 Both sides promised to agree on steel
$ add deadline steel-duty --concession steel --kind delivery --bound at-most --target 10 --unit % --label 'Duty on steel' --source joint
$ pace steel-duty | Duty
EU–US framework · Duty on steel · at most 10% steel-duty

# A count within a limit is news, too
@ 2026-03-01 The condition came about, and the ceiling was kept
$ measure cars-ceiling 12.5 --by CBP --basis level --on 2026-02-25
$ headline --agreement eu-us
CBP counts 12.5%, within the limit of 15%: No duty above 15 % on cars
