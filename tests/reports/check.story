What `check` finds, and what ends a finding.

@ 2026-11-26 busan

# What was checked is not stale until the check is old
$ check {subject finding message} | probes-end stale
cn-semi-probes-end stale no news for 390 days, since 1 Nov 2025
$ checked cn-semi-probes-end
$ check {subject finding message} | probes-end stale
(nothing)
$ check --as-of 2026-12-25 {subject finding message} | probes-end stale
(nothing)
$ check --as-of 2026-12-26 {subject finding message} | probes-end stale
cn-semi-probes-end stale no news for 420 days, since 1 Nov 2025; last checked 26 Nov

# What was checked with its agreement is not stale until the check is old
$ checked busan-truce
$ check {subject finding message} | probes-end stale
(nothing)
$ check --as-of 2026-12-26 {subject finding message} | probes-end stale
cn-semi-probes-end stale no news for 420 days, since 1 Nov 2025; last checked 26 Nov

# What ended with its agreement is found until a verdict, though it has no expiry of its own
@ 2027-01-20 busan
$ change cn-soy-licences-logs --hold --reason 'It has to be kept up'
$ change us-h200-licences --hold --reason 'It has to be kept up'
$ check {subject finding message} | (truce|licences.*) expired
busan-truce expired its term ended 10 Jan (busan-truce-end), outcome unknown
cn-soy-licences-logs expired its term ended 10 Jan (busan-truce-end), outcome unknown
us-h200-licences expired its term ended 10 Jan (busan-truce-end), outcome unknown
$ deadlines {deadline ends loses days_left} | truce-end
busan-truce-end cn-soy-licences-logs, us-h200-licences us, cn -10
$ deadlines | Truce ends
10 Jan 10 d ago Truce ends expiry ended, no word since US, China busan-truce-end
$ log us-h200-licences kept
$ check {subject finding message} | (truce|licences.*) expired
busan-truce expired its term ended 10 Jan (busan-truce-end), outcome unknown
cn-soy-licences-logs expired its term ended 10 Jan (busan-truce-end), outcome unknown
$ deadlines {deadline ends loses days_left} | truce-end
busan-truce-end cn-soy-licences-logs us -10

# A promise whose text names no end does not end with its agreement
@ 2027-01-20 busan
$ check {subject finding} | no-100pct
us-no-100pct stale

# What to do about an ended term ends the finding
@ 2027-01-20 busan
$ check | log how it ended
(nothing)
$ check {subject finding} | us-.* expired|truce
busan-truce expired
us-301-exclusions expired
us-affiliates-rule expired
us-port-fees-suspend expired
$ log us-301-exclusions missed
#495 us-301-exclusions: missed, 20 Jan 2027
us-301-exclusions: unknown → missed
$ log us-affiliates-rule kept
$ move us-port-fees-suspend-end 2027-11-09
$ note busan-truce 'The truce was not renewed'
$ check {subject finding} | us-.* expired|truce
(nothing)

# A verdict of missed beside a count of the target is contradicted
@ 2027-01-20 busan
$ log cn-soy-2026 missed
$ measure cn-soy-2026-delivery 24.99 MMT --by USDA --basis sold --on 2026-12-30
$ check {subject finding message} | contradicted
(nothing)
$ measure cn-soy-2026-delivery 25 MMT --by USDA --basis sold --on 2026-12-30
$ check | contradicted
1 contradicted correct one with 'tracker amend ENTRY', or measure what is missing
contradicted cn-soy-2026 the verdict is 'missed', but USDA, 30 Dec 2026, had counted all of it by its day

# A test that changed before any verdict was not rewritten
$ change cn-semi-probes-end --test Closed --reason Shorter
$ check {finding} | rewritten
(nothing)

# What is contested needs a verdict from then on
$ log cn-semi-probes-end kept --says cn --on 2026-11-18
$ log cn-semi-probes-end started --says us --on 2026-11-20
$ check | contested
1 contested 'tracker log CONCESSION STATUS', dated on or after their last claims
contested cn-semi-probes-end China says kept, 18 Nov; US says started, 20 Nov
$ log cn-semi-probes-end partly --on 2026-11-19
$ check {subject finding} | probes-end contested
cn-semi-probes-end contested
$ log cn-semi-probes-end partly --on 2026-11-20
$ check {subject finding} | probes-end contested
(nothing)

# The most urgent findings come first, in the same order as what to do about them
@ 2026-11-26 busan
$ log cn-semi-probes-end kept --says cn --on 2026-11-18
$ log cn-semi-probes-end started --says us --on 2026-11-20
$ check | ^\d+ \S+ [a-z]
3 at-risk watch its counterpart; 'tracker checked SLUG' settles it until something changes
4 unread open a page and run 'tracker change SOURCE --read', add a source, or settle it with 'tracker checked SLUG'
41 stale log the news, or run 'tracker checked SLUG' if there is none

# What is known to the month is named so on every page, and not as the last day of it
@ 2026-11-10 article
$ add deadline chips-end --concession chip-sales --kind expiry --label End --due 2026-11 --source article
$ change chip-sales --in-return-for rare-earths --reason Exchange
$ log rare-earths broken --on 2026-09
$ log tiktok stalled --on 2026-09
$ week 2026-W40 {new_at_risk: concession status on}
chip-sales broken 2026-09
$ check {subject message} | 2026|Sep|Nov
busan-2025 its term ended Oct 2026 (truce-year), outcome unknown
chip-sales given in return for rare-earths, which is broken (Sep 2026)
tiktok no news for 41 days, since Sep 2026
$ week | Nov 2026
US–China trade truce · week 46, 9–15 Nov 2026
Nov 2026 US Let US firms sell chips to China again ends this month

# Findings of some kinds, and only what is new since a day
@ 2026-12-02 busan
$ check --only overdue --only at_risk {finding subject}
overdue ai-exchange-2026
overdue mtg-apec-2026
at-risk cn-fentanyl-precursors
at-risk cn-precursors-worldwide
at-risk cn-ag-tariff-remove
$ check --since 2026-11-26 {finding subject}
overdue ai-exchange-2026
expired cn-gagesb-ban-suspend
$ check --since 2026-12-01 {finding subject}
(nothing)
$ check --since 2026-12-03
tracker: 2026-12-02 is before 2026-12-03. Swap the days, or name others
[2]
$ check --only late
tracker: 'late' is not a finding. Known: disputed, contradicted, overdue, expired, reached, unnamed, contested, at-risk, rewritten, moved, unsourced, unread, …
[2]

# What was looked at is settled until something changes
@ 2026-12-02 busan
$ checked cn-fentanyl-precursors tiktok-divestiture
$ check --only at-risk --only unofficial | fentanyl-pre|tiktok
(nothing)
$ log tiktok-divestiture partly
$ amend LAST --source reuters-boeing
$ check --only unofficial | tiktok
unofficial tiktok-divestiture the verdict 'partly' (#499) rests on no official source
$ log us-fentanyl-tariff-cut broken
$ check --only at-risk | fentanyl-pre
at-risk cn-fentanyl-precursors given in return for us-fentanyl-tariff-cut, which is broken (2 Dec)
