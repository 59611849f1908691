Who gained what, counted by state; and what changed since a day.

@ 2026-11-26 busan

# A filter by receiver leaves out what others receive, and nobody gets anything from itself
$ gains --receiver china | ^Promised|United States
Promised to China

# Gains say what changed since a day, or that nothing did
$ gains --since friday | since|No change
Who gained what, and what changed since 20 Nov 2026
No change since 20 Nov 2026.
unknown Suspend the export controls of 9 October 2025 China since 10 Nov, was in force cn-ree-oct9-suspend
unknown Keep 24 points of the counter-tariff suspended China since 10 Nov, was in force cn-24pct-suspend
unknown Lift or suspend the export-control listings of US firms China since 10 Nov, was partly cn-entity-lists
unknown Suspend the special port fees on US ships China since 10 Nov, was in force cn-port-fees-suspend
unknown Suspend the sanctions on five US units of Hanwha Ocean China since 10 Nov, was in force cn-hanwha-suspend
unknown Extend 178 exclusions from its China tariffs US since 9 Nov, was in force us-301-exclusions
unknown Suspend the 50% Affiliates Rule US since 9 Nov, was in force us-affiliates-rule
unknown Suspend port fees on Chinese ships, and crane tariffs US since 9 Nov, was in force us-port-fees-suspend
$ gains --since 2026-11-01 | since|No change
Who gained what, and what changed since 1 Nov 2026
unknown Suspend the export controls of 9 October 2025 China since 10 Nov, was in force cn-ree-oct9-suspend
unknown Keep 24 points of the counter-tariff suspended China since 10 Nov, was in force cn-24pct-suspend
unknown Lift or suspend the export-control listings of US firms China since 10 Nov, was partly cn-entity-lists
unknown Suspend the special port fees on US ships China since 10 Nov, was in force cn-port-fees-suspend
unknown Suspend the sanctions on five US units of Hanwha Ocean China since 10 Nov, was in force cn-hanwha-suspend
unknown Extend 178 exclusions from its China tariffs US since 9 Nov, was in force us-301-exclusions
unknown Suspend the 50% Affiliates Rule US since 9 Nov, was in force us-affiliates-rule
unknown Suspend port fees on Chinese ships, and crane tariffs US since 9 Nov, was in force us-port-fees-suspend

# Programs get the counts of the earlier day
$ gains --since 2026-11-01 {group in_force before.in_force unknown before.unknown}
us 2 6 5 0
cn 2 5 3 0
$ gains {group before}
us –
cn –

# A week shows by how much a count differs from the week before
$ week 2026-W08 | \([+−]
in force 6 5 (−2)
overtaken – 2 (+2)

# Since a month or a quarter means since it began, as in the page of that month
@ 2026-12-02 busan
$ gains --since 2026-11 | since|in force +\d
Who gained what, and what changed since 31 Oct 2026
in force 1 (−5) 2 (−3)
unknown Suspend the export controls of 9 October 2025 China since 10 Nov, was in force cn-ree-oct9-suspend
unknown Suspend the ban on gallium, germanium and other materials China since 27 Nov, was in force cn-gagesb-ban-suspend
unknown Keep 24 points of the counter-tariff suspended China since 10 Nov, was in force cn-24pct-suspend
unknown Lift or suspend the export-control listings of US firms China since 10 Nov, was partly cn-entity-lists
unknown Suspend the special port fees on US ships China since 10 Nov, was in force cn-port-fees-suspend
unknown Suspend the sanctions on five US units of Hanwha Ocean China since 10 Nov, was in force cn-hanwha-suspend
unknown Extend 178 exclusions from its China tariffs US since 9 Nov, was in force us-301-exclusions
unknown Suspend the 50% Affiliates Rule US since 9 Nov, was in force us-affiliates-rule
unknown Suspend port fees on Chinese ships, and crane tariffs US since 9 Nov, was in force us-port-fees-suspend
$ week 2026-11 | November|in force +\d
US–China trade truce, 2025–26 · November 2026
30 November 2026 · the agreement ends on 10 January 2027, in 41 days (61 later than agreed)
19 Nov US, China APEC summit in Shenzhen, 18 and 19 November not recorded
in force 1 (−5) 2 (−3)
$ history --since 2026-Q4 | ^.#\d+
(nothing)
