What people type at first, and what the program does with it or says about it.

@ 2026-11-26 busan

# A word that is missing is named
$ log cn-soy-2026
tracker: Missing STATUS: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken. A text without one is a note: 'tracker note SLUG TEXT'. Write: tracker log CONCESSION... STATUS. See 'tracker log --help'.
[2]
$ log partly
tracker: Missing CONCESSION: A concession's slug, or several; 'tracker history' lists what was logged. Write: tracker log CONCESSION... STATUS. See 'tracker log --help'.
[2]
$ measure cn-soy-2026
tracker: Missing VALUE: A plain decimal such as 8.5. Write: tracker measure DEADLINE VALUE [UNIT]. See 'tracker measure --help'.
[2]

# A word that fits several concessions names them
$ status soybeans
tracker: 'soybeans' fits several: cn-soy-2025, cn-soy-2026, cn-soy-2027, cn-soy-2028. Write one of them
[3]

# A title, a part of a slug and a synonym of a status will do
$ log "Buy US soybeans in 2026" partly
#495 cn-soy-2026: partly, 26 Nov 2026
'Buy US soybeans in 2026' is in the title of cn-soy-2026: Buy US soybeans in 2026
$ log sorghum done
#496 cn-sorghum-logs: kept, 26 Nov 2026
cn-sorghum-logs: started → kept
$ log cn-soy-2026 delayed
#497 cn-soy-2026: stalled, 26 Nov 2026
cn-soy-2026: partly → stalled
$ log cn-soy-2026 'in progress'
#498 cn-soy-2026: started, 26 Nov 2026
cn-soy-2026: stalled → started
$ show "buy us soybeans in 2026" | ^US–China
US–China trade truce, 2025–26 · cn-soy-2026: Buy US soybeans in 2026
$ export busan --toml | ^slug..."busan
slug = "busan-truce"
slug = "busan-truce-end"
$ export truce.csv
tracker: Invalid value: name a file such as book.jsonl, or add --toml for one agreement; -o writes a report: 'tracker history -o FILE.csv'. See 'tracker export --help'.
[2]
$ history cn-soy-2025 --since 2026-02-20 --until 2026-03 {effective_on}
2026-02-26
2026-02-26
2026-02-28
2026-03-05
2026-03-12
2026-03-19
$ pace soy-2026 | deadline|delivery
(nothing)

# A concession stands for its only open delivery
$ measure cn-soy-2026 15.5 --by USDA --basis sold
#495 cn-soy-2026-delivery: 15.5 MMT sold, USDA, 26 Nov 2026
cn-soy-2026-delivery: 13.3666 → 15.5 MMT sold (USDA), 62% of 25 MMT
$ move cn-soy-2026 2027-01-31
#496 cn-soy-2026-delivery: moved to 31 Jan 2027, 26 Nov 2026
cn-soy-2026-delivery: deadline moved 31 Dec 2026 → 31 Jan 2027
$ add deadline soy-next --concession cn-soy-2026 --kind delivery --label More --due 2027-06-30 --target 9 --unit MMT --source usda-sales
$ close cn-soy-2026-delivery met
$ measure cn-soy-2026 1
#499 soy-next: 1 MMT, analyst, 26 Nov 2026
soy-next: 1 MMT (analyst), 11% of 9 MMT
$ add deadline soy-later --concession cn-soy-2026 --kind delivery --label More --due 2027-09-30 --target 9 --unit MMT --source usda-sales
$ measure cn-soy-2026 1
tracker: 'cn-soy-2026' is a concession, not a deadline. Its deadlines: cn-soy-2026-delivery, soy-next, soy-later
[3]

# A count in another unit opens a series on purpose only
$ measure cn-soy-2026 15.5 mmt | ^#
#495 cn-soy-2026-delivery: 15.5 MMT, analyst, 26 Nov 2026
$ measure cn-soy-2026 15.5 tons --new-series | ^#
#496 cn-soy-2026-delivery: 15.5 tons, analyst, 26 Nov 2026
$ measure cn-soy-2026 16.5 tons | ^#
#497 cn-soy-2026-delivery: 16.5 tons, analyst, 26 Nov 2026

# A word that is not a status, and a figure in the wrong place
$ log "Buy US soybeans in 2026" issued
tracker: 'issued' is not a status. Only the last word is read as one; a note goes after -m, a day after --on, each in quotes, and a figure into 'tracker measure DEADLINE VALUE'. Known: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken
[2]
$ log cn-soy-2026 partly --amount 9.5
tracker: No such option: --amount. Write 'tracker measure DEADLINE VALUE UNIT'. See 'tracker log --help'.
[2]
$ measure cn-soy-2026 --value 9.5
tracker: No such option: --value. Write: tracker measure DEADLINE VALUE [UNIT]. See 'tracker measure --help'.
[2]
$ measure cn-soy-2026 12%
tracker: '12%' is not a plain decimal number. Write 12, and the unit '%' as a word of its own
[5]

# A status is suggested for a spelling mistake only; the word of a status is taken
$ log cn-soy-2026 mised
tracker: 'mised' is not a status. Only the last word is read as one; a note goes after -m, a day after --on, each in quotes, and a figure into 'tracker measure DEADLINE VALUE'. Did you mean 'missed'?
[2]
$ log cn-soy-2026 "in part"
#495 cn-soy-2026: partly, 26 Nov 2026
$ log cn-soy-2026 "under way"
#496 cn-soy-2026: started, 26 Nov 2026
cn-soy-2026: partly → started
$ log cn-soy-2026 promised
#497 cn-soy-2026: promised, 26 Nov 2026
cn-soy-2026: started → promised

# A meeting that was held is met
$ close mtg-g20-2026 postponed
tracker: 'postponed' is not an outcome. Only the last word is read as one; a note goes after -m, a day after --on, each in quotes, and a figure into 'tracker measure DEADLINE VALUE'. Known: met, missed, cancelled
[2]
$ close mtg-g20-2026 held
#495 mtg-g20-2026: closed as met, 26 Nov 2026
mtg-g20-2026: held
Warning: mtg-g20-2026 is met before the window of mtg-g20-2026 opens on 14 Dec
$ close mtg-washington-2026 ended
tracker: 'mtg-washington-2026' is already closed as met, by entry 463. Correct that with 'tracker amend 463' or 'tracker retract 463'
[4]

# A command by another name is named
$ update cn-soy-2026 met
tracker: No such command 'update'. Write 'tracker log cn-soy-2026 met'. See 'tracker --help'.
[2]
$ list
tracker: No such command 'list'. Write 'tracker status'. See 'tracker --help'.
[2]
$ edit 14
tracker: No such command 'edit'. Write 'tracker amend 14 --note TEXT' or 'tracker change 14 --title TEXT -m REASON'. See 'tracker --help'.
[2]
$ correct 14
tracker: No such command 'correct'. Write 'tracker amend 14 --note TEXT' or 'tracker change 14 --title TEXT -m REASON'. See 'tracker --help'.
[2]
$ delete 14
tracker: No such command 'delete'. Write 'tracker retract 14 -m REASON'. See 'tracker --help'.
[2]
$ find soybeans
tracker: No such command 'find'. Write 'tracker history --find soybeans'. See 'tracker --help'.
[2]
$ partial soybeans
tracker: No such command 'partial'. Write 'tracker status --status partial' or 'tracker log soybeans partial'. See 'tracker --help'.
[2]
$ compare 2026-01-01 2026-02-01
tracker: No such command 'compare'. Write 'tracker diff 2026-01-01 2026-02-01'. See 'tracker --help'.
[2]
$ report
tracker: No such command 'report'. Write 'tracker week'. See 'tracker --help'.
[2]
$ last
tracker: No such command 'last'. Write 'tracker week last'. See 'tracker --help'.
[2]
$ why cn-soy-2026
tracker: No such command 'why'. Write 'tracker show cn-soy-2026'. See 'tracker --help'.
[2]
$ explain cn-soy-2026
tracker: No such command 'explain'. Write 'tracker show cn-soy-2026'. See 'tracker --help'.
[2]
$ trace cn-soy-2026
tracker: No such command 'trace'. Write 'tracker show cn-soy-2026'. See 'tracker --help'.
[2]

# A value in the wrong place goes where an option has it
$ gains us
tracker: 'gains' does not take 'us'. Write --giver us or --receiver us. See 'tracker gains --help'.
[2]
$ gains 2026-01-31
tracker: 'gains' does not take '2026-01-31'. Write --as-of 2026-01-31. See 'tracker gains --help'.
[2]
$ gains busan-truce
tracker: 'gains' does not take 'busan-truce'. Write --agreement busan-truce. See 'tracker gains --help'.
[2]
$ sources tiktok-divestiture
tracker: 'sources' does not take 'tiktok-divestiture'. Write 'tracker show tiktok-divestiture'. See 'tracker sources --help'.
[2]
$ week --party us
tracker: No such option: --party. Write --giver or --receiver. See 'tracker week --help'.
[2]
$ week --changed
tracker: No such option: --changed. Write --brief. See 'tracker week --help'.
[2]
$ status cn-soy-2026 --columns concession,stage | cn-soy
Buy US soybeans in 2026 partly cn-soy-2026
$ week --columns title
tracker: No such option: --columns. Write 'tracker status --columns'. See 'tracker week --help'.
[2]
$ gains --json
tracker: No such option: --json. Write -f json. See 'tracker gains --help'.
[2]
$ add party kr South Korea
tracker: 'party' does not take 'South'. Write 'tracker add party SLUG --name TEXT --short TEXT'. See 'tracker add party --help'.
[2]
$ show concession cn-soy-2026
tracker: 'show' does not take 'cn-soy-2026'. Write 'tracker show cn-soy-2026'. See 'tracker show --help'.
[2]
$ history --on 2026-10-07
tracker: No such option: --on. Write --since or --until or --as-of. See 'tracker history --help'.
[2]
$ gains --on 2026-10-07
tracker: No such option: --on. Write --since or --as-of. See 'tracker gains --help'.
[2]
$ log mtg-g20-2026 kept
tracker: 'mtg-g20-2026' is a deadline, not a concession. If it was held, write 'tracker close mtg-g20-2026 met'
[3]
$ log cn-soy-2026-delivery kept
tracker: 'cn-soy-2026-delivery' is a deadline, not a concession. Its concession: cn-soy-2026
[3]
$ show busan-truce
tracker: 'busan-truce' is an agreement, not a concession, deadline or source. Its concessions: cn-soy-2025, cn-soy-2026, cn-soy-2027, cn-soy-2028, cn-sorghum-logs, cn-ree-oct9-suspend, cn-gagesb-ban-suspend, cn-general-licences, cn-fentanyl-precursors, cn-precursors-worldwide, cn-ag-tariff-remove, cn-24pct-suspend, …
[3]

# All that is missing is named at once
$ add deadline cn-soy-2029
tracker: The deadline 'cn-soy-2029' is incomplete. Add --agreement or --concession, --kind, --label, --source
[2]
$ add deadline cn-soy-2029 --kind review --label Review --source usda-sales
tracker: Option --concession: name the agreement or the concession that the deadline is part of. Correct it and try again
[2]
$ add deadline cn-soy-2029 --kind delivery --label "25 MMT" --source usda-sales --concession cn-soy-2028
tracker: Option --due: it is missing; for a delivery without a day, say with --awaits what it waits for. Correct it and try again
[2]

# A day that is ahead, that there is not, or that is only a month
$ log cn-soy-2026 partly --on tomorrow
tracker: 2026-11-27 is in the future (today is 2026-11-26). An update records what has happened; correct --on
[5]
$ log cn-soy-2026 partly --on 2026-11-31
tracker: '2026-11-31' is not a valid date. Write 2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'
[5]
$ log cn-soy-2026 partly --on "october 2026" | ^#
#495 cn-soy-2026: partly, Oct 2026
$ week 46 | W46
(nothing)
$ week 02 | W02
(nothing)

# The text and the reason go after -m
$ note cn-soy-2026 -m "Two cargoes are on their way"
#495 cn-soy-2026: note, 26 Nov 2026
$ note cn-soy-2026 "Two cargoes" -m "Three cargoes"
tracker: Invalid value: give a SLUG and, once, the TEXT: as an argument or after -m. See 'tracker note --help'.
[2]
$ retract LAST -m "One cargo"
#496 cn-soy-2026: retracts #495 (note, 26 Nov 2026), 26 Nov 2026
$ change cn-soy-2026 --sector grain -m "Soybeans are not all"
#497 cn-soy-2026: concession, sector: agriculture → grain
$ note "Board of Trade met in Geneva"
tracker: Invalid value: give a SLUG and, once, the TEXT: as an argument or after -m. See 'tracker note --help'.
[2]
$ amend
tracker: Missing ENTRY: An entry's number: 490 or '#490', as a shell takes a bare # for a comment. Write: tracker amend ENTRY. See 'tracker amend --help'.
[2]
$ retract -m "A # begins a comment in a shell"
tracker: Missing ENTRY|SLUG: An entry's number (490 or '#490', as a shell takes a bare # for a comment), or a thing's slug. Write: tracker retract ENTRY|SLUG. See 'tracker retract --help'.
[2]

# Deadlines of a concession, of a month, by a day, and the next one if there is none
$ deadlines cn-soy-2026 {deadline due_on}
cn-soy-2026-delivery 2026-12-31
$ deadlines 2026-12 {deadline due_on}
mtg-g20-2026 2026-12-15
cn-ag-17bn-2026-delivery 2026-12-31
cn-soy-2026-delivery 2026-12-31
mtg-washington-2026 2026
$ deadlines --until 2026-12-31 {due_on}
2026-11-09
2026-11-09
2026-11-09
2026-11-10
2026-11-10
2026-11-10
2026-11-10
2026-11-10
2026-11-19
2026-11-27
2026-11
2026-12-15
2026-12-31
2026-12-31
$ deadlines 2027-02 | next
None; next: 27 Nov (1)
$ deadlines 2026-12 --within 3 | next
None; next: 27 Nov (1)

# A column by another name, and an agreement in the column of concessions
$ cat status.csv
concession,status,effective_on
cn-soy-2026,partial,2026-10-01
$ import status.csv
1 entry written, #495.
$ cat agreement.csv
concession,note,effective_on
busan-truce,Talks went on,2026-10-01
$ import agreement.csv
tracker: agreement.csv has 1 mistake; nothing was written. Correct line 2, column 'concession': 'busan-truce' is an agreement; write it in the column 'agreement'
[5]

# What leaves a question open is answered with it
$ log us-reciprocal-suspend lapsed
tracker: 'lapsed' does not say how the promise ended. Once its term is over, log 'kept', 'partly' or 'missed'
[2]
$ log us-reciprocal-suspend withdrawn
tracker: 'withdrawn' does not say who ended it. Log 'overtaken' if both sides or a court did, 'broken' if the giver alone did
[2]
$ log us-reciprocal-suspend "in force"
tracker: 'in force' is printed for what is kept while its term runs. Log 'kept'
[2]
$ log us-reciprocal-suspend unknown
tracker: 'unknown' is printed once a term is over and nobody has said how it ended. Log what is known, or run 'tracker checked SLUG' if there is no news
[2]
$ amend 400 --status expired
tracker: 'expired' does not say how the promise ended. Once its term is over, log 'kept', 'partly' or 'missed'
[2]

# What is broken after its term ended is recorded with a warning
$ log us-port-fees-suspend broken --on 2026-11-20 | Warning
Warning: #495 is not listed as recorded late in week 2026-W48, since today was set; give --public if it became public that week
Warning: us-port-fees-suspend is broken, but its term ended 9 Nov
$ log us-port-fees-suspend partly --on 2026-11-01 | Warning
Warning: #496 does not change the status: #495 (broken, 20 Nov) is later

# A day is read as the pages print it; one that may be ahead needs its year
$ log cn-soy-2026 complete --on "24 Nov" | ^#
#495 cn-soy-2026: kept, 24 Nov 2026
$ log cn-soy-2026 completed --on "Nov 25" | ^#
#496 cn-soy-2026: kept, 25 Nov 2026
$ log cn-soy-2026 partly --on "28 November" | ^#
#497 cn-soy-2026: partly, 28 Nov 2025
$ move cn-soy-2026 "10 Jan"
tracker: '10 Jan' has no year. Add it, as in '10 Jan 2027'
[5]
$ deadlines "Jan 10"
tracker: 'Jan 10' has no year. Add it, as in 'Jan 10 2027'
[5]
$ add deadline soy-review --concession cn-soy-2026 --kind review --label Review --source mofcom-outcomes --due "10 Jan"
tracker: '10 Jan' has no year. Add it, as in '10 Jan 2027'
[5]
$ add source usda-new --publisher USDA --title Sales --published "7 Jan"
#498 usda-new: source declared: Sales
$ move cn-soy-2026 "10 Jan 2027" | ^#
#499 cn-soy-2026-delivery: moved to 10 Jan 2027, 26 Nov 2026
$ week "last week" | week
US–China trade truce, 2025–26 · week 47, 16–22 Nov 2026

# Only what can be text goes in quotes
$ source diff joint 19 22
tracker: 'diff' does not take '19'. Write --as-of 19. See 'tracker source diff --help'.
[2]

# A named column that has no value in a row says so
$ pace cn-soy-2027 --columns deadline,counted_by,delivered | ^cn
cn-soy-2027-delivery

# A total below zero is warned of
$ measure cn-boeing-200-orders -5 | Warning
Warning: cn-boeing-200-orders: the total is below zero; check the value

# Several words are found in the singular where the plural is nowhere
$ show 'rare-earths technology' | cn-ree-equipment:
US–China trade truce, 2025–26 · cn-ree-equipment: Address US concerns over sales of rare-earth technology
$ deadlines --overdue
tracker: No such option: --overdue. Write --until today. See 'tracker deadlines --help'.
[2]

# A promise that is kept was kept on the day on which it was first met
$ log tiktok-divestiture kept --on 2026-03-01
$ gains --as-of 2026-03-02 | TikTok
kept Let TikTok's US arm pass to a US-majority venture China 22 Jan tiktok-divestiture

# A verdict that a refusal advises is taken
$ close cn-soy-2027 cancelled
tracker: 'cn-soy-2027-delivery' ends with the verdict on 'cn-soy-2027'. Write 'tracker log cn-soy-2027 overtaken'
[4]
$ log cn-soy-2027 overtaken
#495 cn-soy-2027: overtaken, 26 Nov 2026
cn-soy-2027: promised → overtaken
cn-soy-2027-delivery: cancelled

# A concession that also has an expiry stands for its only open delivery
$ add deadline soy-end --concession cn-soy-2026 --kind expiry --label 'Last day' --due 2029-01-01 --source usda-sales
$ move cn-soy-2026 2027-01-31 | moved
#496 cn-soy-2026-delivery: moved to 31 Jan 2027, 26 Nov 2026
cn-soy-2026-delivery: deadline moved 31 Dec 2026 → 31 Jan 2027

# A slug in capitals is that thing, although another one has it as its title
@ 2026-02-01 article
$ change tiktok --title 'Soybeans' --reason 'To try it'
$ show SOYBEANS | ^US.China
US–China trade truce · soybeans: Resume soybean purchases
