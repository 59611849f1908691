Commands that a script may repeat: with --once, nothing is recorded twice.

@ 2026-01-08 article

# A repeated command adds nothing and says which entry it was
$ log soybeans partial -m '8 MMT sold' --source https://usda.gov/a
$ log soybeans partial -m '8 MMT sold' --source https://usda.gov/a --once
soybeans: partial, 8 Jan 2026: already recorded as entry 25
$ log soybeans partial -m '8 MMT sold' --source https://usda.gov/a
#26 soybeans: partial, 8 Jan 2026
Warning: #26 says the same as #25
$ log soybeans rare-earths stalled --on 2026-01-07 --once
#27 soybeans: stalled, 7 Jan 2026
#28 rare-earths: stalled, 7 Jan 2026
rare-earths: under way → in doubt
Warning: #27 does not change the stage: #26 (partial, 8 Jan) is later
$ log soybeans rare-earths stalled --on 2026-01-07 --once
soybeans: stalled, 7 Jan 2026: already recorded as entry 27
rare-earths: stalled, 7 Jan 2026: already recorded as entry 28
$ log soybeans met --says 'United States' --once | ^#
#29 soybeans: US says met, 8 Jan 2026
$ log soybeans met --says us --once
soybeans: US says met, 8 Jan 2026: already recorded as entry 29
$ move truce-year 2026-12 --says us --once | ^#
#30 truce-year: US says due Dec 2026, 8 Jan 2026
$ move truce-year 2026-12 --says us --once
truce-year: US says due Dec 2026, 8 Jan 2026: already recorded as entry 30
$ move --ending 2026-10 2027-11-10 --public 2026-01-08 --once | ^#
#31 truce-year: moved to 10 Nov 2027, 8 Jan 2026
$ move --ending 2026-10 2027-11-10 --public 2026-01-08 --once
truce-year: moved to 10 Nov 2027, 8 Jan 2026: already recorded as entry 31
$ note truce-year 'COFCO signs' --once | ^#
#32 truce-year: note, 8 Jan 2026
$ note truce-year 'COFCO signs' --once
truce-year: note, 8 Jan 2026: already recorded as entry 32
$ close apec-2026 cancelled -m 'No deal' --once | ^#
#33 apec-2026: closed as cancelled, 8 Jan 2026
$ close apec-2026 cancelled -m 'No deal' --once
apec-2026: closed as cancelled, 8 Jan 2026: already recorded as entry 33
$ close apec-2026 met --once
tracker: 'apec-2026' is already closed as cancelled, by entry 33. Correct that with 'tracker amend 33' or 'tracker retract 33'
[4]
$ checked soybeans tiktok --once | ^#
#34 soybeans: checked, 8 Jan 2026
#35 tiktok: checked, 8 Jan 2026
$ checked soybeans tiktok --once
soybeans: checked, 8 Jan 2026: already recorded as entry 34
tiktok: checked, 8 Jan 2026: already recorded as entry 35
$ checked --once | ^#
#36 busan-2025: checked, 8 Jan 2026
$ checked --once
busan-2025: checked, 8 Jan 2026: already recorded as entry 36

# A count is known by who counted what on which day
$ add deadline soy-2025 --concession soybeans --kind delivery --label '12 MMT' --due 2025-12-31 --target 12 --unit MMT --source article
$ measure soy-2025 8.50 --by usda --basis sold --once | ^#
#26 soy-2025: 8.5 MMT sold, usda, 8 Jan 2026
$ measure soy-2025 8.5 --by USDA --basis sold --once
soy-2025: 8.5 MMT sold, usda, 8 Jan 2026: already recorded as entry 26
$ measure soy-2025 8.51 --by USDA --basis sold --once | ^#
#27 soy-2025: 8.51 MMT sold, usda, 8 Jan 2026
$ measure soy-2025 8.5 --by USDA --basis shipped --once | ^#
#28 soy-2025: 8.5 MMT shipped, usda, 8 Jan 2026
$ measure soy-2025 8.5 --by USDA --basis sold --on yesterday --once | ^#
#29 soy-2025: 8.5 MMT sold, usda, 7 Jan 2026
$ measure soy-2025 8.5 --by customs --basis sold --once | ^#
#30 soy-2025: 8.5 MMT sold, customs, 8 Jan 2026
$ measure soy-2025 0.4 --flow --by USDA --once | ^#
#31 soy-2025: +0.4 MMT, usda, 8 Jan 2026
$ measure soy-2025 0.4 --flow --by USDA --once
soy-2025: +0.4 MMT, usda, 8 Jan 2026: already recorded as entry 31

# Only what is new is added; a further source does not make it another entry
$ log soybeans stalled --source article
$ log soybeans rare-earths soybeans stalled --source article --source https://usda.gov/a --once
#26 rare-earths: stalled, 8 Jan 2026
soybeans: stalled, 8 Jan 2026: already recorded as entry 25
rare-earths: under way → in doubt

# What was taken back is recorded again
$ note soybeans 'COFCO signs'
$ retract LAST --reason 'It did not'
$ note soybeans 'COFCO signs' --once
#27 soybeans: note, 8 Jan 2026
