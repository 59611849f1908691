Filters choose what a report lists, and change nothing of what it says.

@ 2026-03-22 busan

# Status lists what fits every filter, and what fits one word of each
$ status --sector agriculture {concession sector}
cn-soy-2025 agriculture
cn-soy-2026 agriculture
cn-soy-2027 agriculture
cn-soy-2028 agriculture
cn-ag-tariff-remove agriculture
$ status --giver us --kind tariff {concession givers kind}
us-fentanyl-tariff-cut us tariff
us-reciprocal-suspend us tariff
us-301-exclusions us tariff
us-no-100pct us tariff
us-chip301-defer us tariff
$ status --receiver us --status kept --status overtaken {concession receivers status}
cn-soy-licences-logs us kept
tiktok-divestiture us kept
$ status --status partly {concession status}
cn-entity-lists partly
$ status --status partly {concession status}
cn-entity-lists partly
$ status cn-soy-2025 tiktok-divestiture --sector agriculture {concession}
cn-soy-2025
$ status --giver China --status kept --status overtaken | giver cn
as of 22 Mar 2026 · giver cn, status kept or overtaken · ends 10 Nov, 233 days

# A party has its name in any case
$ status --giver CHINA --kind investment {concession givers}
tiktok-divestiture cn

# Every report that lists concessions follows
$ gains --receiver cn --kind tariff {group in_force missed overtaken}
cn 3 0 2
$ claims --giver us --kind licensing {concession}
us-h20-licences
us-h200-licences
$ deadlines --giver us --kind tariff {deadline}
us-301-exclusions-end
us-reciprocal-suspend-end
us-chip301-defer-end
$ pace --kind purchase {deadline}
cn-soy-2025-delivery
cn-soy-2025-delivery
cn-soy-2025-delivery
cn-soy-2025-delivery
cn-soy-2025-delivery
cn-soy-2025-delivery
cn-soy-2026-delivery
cn-soy-2026-delivery
cn-soy-2027-delivery
cn-soy-2028-delivery
$ check --giver us --kind tariff {finding subject}
unread us-301-exclusions
unofficial us-chip301-defer
stale us-301-exclusions
stale us-no-100pct
stale us-chip301-defer
$ diff 2026-W06 2026-W08 --giver us {concession kind}
us-fentanyl-tariff-cut happened
us-reciprocal-suspend happened
us-reciprocal-suspend happened
$ gains --since 2026-01-01 --status kept {concessions: concession was}
cn-soy-licences-logs –
tiktok-divestiture started

# A week has only what is about the concessions that it lists
$ week 2026-W08 --giver us {rows: concession what}
us-fentanyl-tariff-cut status
us-reciprocal-suspend status
$ week 2026-W08 {rows: concession what}
us-fentanyl-tariff-cut status
us-reciprocal-suspend status
cn-soy-2025 figure
$ week 2026-W08 --giver us | giver us|Also
22 February 2026 · giver us · the agreement ends on 10 November, in 261 days
$ log us-port-fees-suspend broken --on 2026-03-19
$ week {new_at_risk: concession}
cn-port-fees-suspend
cn-hanwha-suspend
$ week --giver cn {new_at_risk: concession}
cn-port-fees-suspend
cn-hanwha-suspend

# An agreement's end is listed with the concessions that fit and end with it
$ change cn-soy-licences-logs --hold --reason 'It is kept up'
$ change us-h200-licences --hold --reason 'It is kept up'
$ deadlines --within 300 {deadline ends loses} | busan-truce-end
busan-truce-end cn-soy-licences-logs, us-h200-licences us, cn
$ deadlines --within 300 --giver us {deadline ends loses} | busan-truce-end
busan-truce-end us-h200-licences cn
$ deadlines --within 300 --status missed {deadline} | busan-truce-end
(nothing)

# A report without rows says why
@ 2026-01-08 article
$ status --as-of 2024-01-01 | No concession
No concession had been promised or mentioned by then
$ status --status overtaken | No concession
No concession matches the filters

# Of several agreements those without any that fits are left out
@ 2026-01-08 portfolio
$ gains --giver kr | Who gained what
Who gained what
Who gained what · US–Korea strategic trade and investment deal
$ status --giver kr | ·
as of 8 Jan 2026 · giver kr
US–Korea strategic trade and investment deal · promised to US
US–Korea strategic trade and investment deal · promised to US and Korea
$ claims us-korea
tracker: 'us-korea' is an agreement, not a concession. Its concessions: kr-ships-150, kr-invest-200, kr-fund-45-days, kr-fdi-150, kr-boeing-103, kr-lng-33, kr-arms-25, kr-usfk-33, kr-defence-35, kr-fmvss-cap, kr-emission-papers, kr-farm-biotech, …
[3]
