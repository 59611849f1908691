Who gained what, counted by state; and what changed since a day.

@ 2026-11-26 busan

# A filter by receiver leaves out what others receive, and nobody gets anything from itself
$ gains --receiver china | ^Promised|United States
Promised to China

# Gains say what changed since a day, or that nothing did
$ gains --since friday | since|No change
No change since 20 Nov 2026.
$ gains --since 2026-11-01 | since|No change
since 1 Nov 2026: in force 6 → 2, in part 2 → 1, in doubt 0 → 5
2 overtaken; since 1 Nov 2026: in force 5 → 2, in doubt 1 → 4

# Programs get the counts of the earlier day
$ gains --since 2026-11-01 {party in_force before.in_force in_doubt before.in_doubt}
us 2 6 5 0
cn 2 5 4 1
$ gains {party before}
us –
cn –

# A week shows by how much a count differs from the week before
$ week 2026-W08 | \([+−]
China – 5 (−2) – 1 – 1 2 (+2)

# Since a month or a quarter means since it began, as in the page of that month
@ 2026-12-02 busan
$ gains --since 2026-11 | since
since 31 Oct 2026: in force 6 → 1, in part 2 → 1, in doubt 0 → 6
2 overtaken; since 31 Oct 2026: in force 5 → 2, in doubt 1 → 4
$ week 2026-11 | November|US [34]
US–China trade truce, 2025–26 · November 2026
18 Nov US, China APEC summit in Shenzhen, 18 and 19 November outcome unknown
US 4 1 (−5) 1 (−1) 4 22 6 (+6) –
$ history --since 2026-Q4 | ^.#\d+
(nothing)
