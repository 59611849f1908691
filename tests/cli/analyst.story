More guesses of an analyst, thought of before the help was opened: none is run on a guess.

@ 2026-12-02 busan

# What happened, and when
$ report
tracker: No such command 'report'. Write 'tracker week'. See 'tracker --help'.
[2]
$ overview
tracker: No such command 'overview'. Write 'tracker status'. See 'tracker --help'.
[2]
$ this-week
tracker: No such command 'this-week'. Write 'tracker week'. See 'tracker --help'.
[2]
$ last-week
tracker: No such command 'last-week'. Write 'tracker week last'. See 'tracker --help'.
[2]
$ week 2026-46
tracker: '2026-46' is not a valid week, month or quarter. Write 2026-W02, W02 (the latest one), 'last', any day of the week, 2026-11 or 2026-Q3
[5]
$ week november 2026
tracker: 'week' does not take '2026'. Write --as-of 2026. See 'tracker week --help'.
[2]
$ month 2026-11
tracker: No such command 'month'. Write 'tracker week 2026-11'. See 'tracker --help'.
[2]
$ month november
tracker: No such command 'month'. Write 'tracker week november'. See 'tracker --help'.
[2]
$ quarter 2026-Q3
tracker: No such command 'quarter'. Write 'tracker week 2026-Q3'. See 'tracker --help'.
[2]
$ quarter q3
tracker: No such command 'quarter'. Write 'tracker week q3'. See 'tracker --help'.
[2]
$ year 2026
tracker: No such command 'year'. Write 'tracker gains --since 2026'. See 'tracker --help'.
[2]
$ week 2026
tracker: '2026' is not a valid week, month or quarter. Write --as-of 2026
[5]
$ week --from 2026-11-01
tracker: No such option: --from. Write --giver. See 'tracker week --help'.
[2]
$ week --since 2026-11-01
tracker: No such option: --since. Write 'tracker diff DATE'. See 'tracker week --help'.
[2]
$ week --date 2026-11-10
tracker: No such option: --date. Write --as-of. See 'tracker week --help'.
[2]
$ week --email
tracker: No such option: --email. Write -f mail. See 'tracker week --help'.
[2]
$ week --pdf
tracker: No such option: --pdf. Write -o FILE.html. See 'tracker week --help'.
[2]
$ week --xlsx
tracker: No such option: --xlsx. Write -o FILE.xlsx. See 'tracker week --help'.
[2]
$ week --excel
tracker: No such option: --excel. Write -o FILE.xlsx. See 'tracker week --help'.
[2]
$ week --word
tracker: No such option: --word. Write -o FILE.html. See 'tracker week --help'.
[2]
$ week -o
tracker: Option '-o' requires an argument. See 'tracker week --help'.
[2]
$ delayed
tracker: No such command 'delayed'. Write 'tracker status --status delayed' or 'tracker log CONCESSION delayed'. See 'tracker --help'.
[2]
$ missed
tracker: No such command 'missed'. Write 'tracker status --status missed' or 'tracker log CONCESSION missed'. See 'tracker --help'.
[2]
$ broken
tracker: No such command 'broken'. Write 'tracker status --status broken' or 'tracker log CONCESSION broken'. See 'tracker --help'.
[2]
$ gains at-risk
tracker: 'gains' does not take 'at-risk'. Write 'tracker gains --at-risk'. See 'tracker gains --help'.
[2]

# Who has what
$ gains --risk
tracker: No such option: --risk. Write --at-risk. See 'tracker gains --help'.
[2]
$ who-won
tracker: No such command 'who-won'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ ledger
tracker: No such command 'ledger'. Write 'tracker history'. See 'tracker --help'.
[2]
$ gains --by party
tracker: 'party' is not a grouping. A party goes after --giver or --receiver. Known: receiver, giver, instrument, kind, sector, agreement, evidence
[2]
$ gains --by country
tracker: 'country' is not a grouping. A party goes after --giver or --receiver. Known: receiver, giver, instrument, kind, sector, agreement, evidence
[2]
$ gains --by industry
tracker: 'industry' is not a grouping. A party goes after --giver or --receiver. Known: receiver, giver, instrument, kind, sector, agreement, evidence
[2]
$ gains --by month
tracker: 'month' is not a grouping. A party goes after --giver or --receiver. Known: receiver, giver, instrument, kind, sector, agreement, evidence
[2]
$ gains --since summit
tracker: 'summit' is not a valid date. Write 2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'
[5]
$ gains --month 2026-10
tracker: No such option: --month. Write --since MONTH. See 'tracker gains --help'.
[2]
$ gains --from us
tracker: No such option: --from. Write --since or --giver. See 'tracker gains --help'.
[2]
$ gains --to china
tracker: No such option: --to. Write --as-of or --receiver. See 'tracker gains --help'.
[2]
$ obligations
tracker: No such command 'obligations'. Write 'tracker status'. See 'tracker --help'.
[2]
$ promises us
tracker: No such command 'promises'. Write 'tracker status us'. See 'tracker --help'.
[2]
$ list
tracker: No such command 'list'. Write 'tracker status'. See 'tracker --help'.
[2]
$ ls
tracker: No such command 'ls'. Write 'tracker status'. See 'tracker --help'.
[2]
$ show
tracker: Missing SLUG: A concession, a deadline, a source's key, or an entry's number. Write: tracker show SLUG. See 'tracker show --help'.
[2]
$ show Boeing aircraft
tracker: 'show' does not take 'aircraft'. Write 'tracker status --sector aircraft'. See 'tracker show --help'.
[2]
$ show soybeans
tracker: 'soybeans' fits several: cn-soy-2025, cn-soy-2026, cn-soy-2027, cn-soy-2028. Write one of them
[3]
$ show soy
tracker: 'soy' fits several: cn-soy-2025, cn-soy-2026, cn-soy-2027, cn-soy-2028, cn-soy-licences-logs. Write one of them
[3]
$ show us china
tracker: 'show' does not take 'china'. Write 'tracker status --giver china'. See 'tracker show --help'.
[2]
$ show "Buy US soybeans"
tracker: 'Buy US soybeans' fits several: cn-soy-2025, cn-soy-2026, cn-soy-2027, cn-soy-2028. Write one of them
[3]
$ search boeing
tracker: No such command 'search'. Write 'tracker history --find boeing'. See 'tracker --help'.
[2]
$ find soybeans
tracker: No such command 'find'. Write 'tracker history --find soybeans'. See 'tracker --help'.
[2]
$ grep soy
tracker: No such command 'grep'. Write 'tracker history --find soy'. See 'tracker --help'.
[2]
$ search tariff
tracker: No such command 'search'. Write 'tracker history --find tariff'. See 'tracker --help'.
[2]

# What a report may take
$ status agriculture
tracker: No concession 'agriculture' in this book. Write --sector agriculture
[3]
$ status soy
tracker: 'soy' fits several: cn-soy-2025, cn-soy-2026, cn-soy-2027, cn-soy-2028, cn-soy-licences-logs. Write one of them
[3]
$ status broken
tracker: No concession 'broken' in this book. Write 'tracker status --status broken' or 'tracker log CONCESSION broken'
[3]
$ status missed
tracker: No concession 'missed' in this book. Write 'tracker status --status missed' or 'tracker log CONCESSION missed'
[3]
$ status --status late
tracker: 'late' is not a status. Known: kept, in force, partly, started, promised, negotiating, stalled, unknown, missed, broken, overtaken
[2]
$ status --at-risk
tracker: No such option: --at-risk. Write 'tracker gains --at-risk'. See 'tracker status --help'.
[2]
$ status --country us
tracker: No such option: --country. Write --giver or --receiver. See 'tracker status --help'.
[2]
$ status --since 2026-11-01
tracker: No such option: --since. Write 'tracker diff DATE'. See 'tracker status --help'.
[2]
$ status --search soy
tracker: No such option: --search. Write 'tracker history --find TEXT'. See 'tracker status --help'.
[2]
$ status --slug
tracker: No such option: --slug. Write 'tracker status'. See 'tracker status --help'.
[2]
$ status --columns slug,status
tracker: 'slug' is not a column. Known: concession, title, agreement, givers, receivers, sector, kind, instrument, promised_on, status, status_on, status_from, …
[2]
$ status --all
tracker: No such option: --all. Write 'tracker status'. See 'tracker status --help'.
[2]
$ status 2026-11-01
tracker: No concession '2026-11-01' in this book. Write --as-of 2026-11-01
[3]
$ status --date 2026-11-01
tracker: No such option: --date. Write --as-of. See 'tracker status --help'.
[2]
$ status --as-of "end of October"
tracker: 'end of October' is not a valid date. Write 2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'
[5]
$ status --sector farm
tracker: No sector 'farm' in this book. Known: agriculture, agriculture and forestry, rare earths and batteries, critical minerals, chemicals, all goods, defence and technology, maritime, semiconductors, digital, aircraft, energy, …
[3]
$ calendar
tracker: No such command 'calendar'. Write 'tracker deadlines -f ics'. See 'tracker --help'.
[2]
$ deadlines --missed
tracker: No such option: --missed. Write --status missed. See 'tracker deadlines --help'.
[2]
$ deadlines november
tracker: 'november' has no year. Add it, as in 'november 2027'
[5]
$ deadlines --month 2026-12
tracker: No such option: --month. Write --until MONTH. See 'tracker deadlines --help'.
[2]
$ expiries
tracker: No such command 'expiries'. Write 'tracker deadlines'. See 'tracker --help'.
[2]
$ ends
tracker: No such command 'ends'. Write 'tracker deadlines'. See 'tracker --help'.
[2]
$ deadline soybeans
tracker: No such command 'deadline'. Write 'tracker deadlines' or 'tracker move soybeans' or 'tracker add deadline NEW-SLUG --concession soybeans --kind KIND --due DATE --label TEXT --source KEY'. See 'tracker --help'.
[2]
$ when soybeans
tracker: No such command 'when'. Write 'tracker deadlines soybeans'. See 'tracker --help'.
[2]
$ sure
tracker: No such command 'sure'. Write 'tracker gains --by evidence'. See 'tracker --help'.
[2]

# What is due, and how sure it is
$ confidence
tracker: No such command 'confidence'. Write 'tracker gains --by evidence'. See 'tracker --help'.
[2]
$ confidence soybeans
tracker: No such command 'confidence'. Write 'tracker gains --by evidence'. See 'tracker --help'.
[2]
$ evidence
tracker: No such command 'evidence'. Write 'tracker gains --by evidence'. See 'tracker --help'.
[2]
$ evidence soybeans
tracker: No such command 'evidence'. Write 'tracker gains --by evidence'. See 'tracker --help'.
[2]
$ sources soybeans
tracker: 'sources' does not take 'soybeans'. Write 'tracker show soybeans'. See 'tracker sources --help'.
[2]
$ citations
tracker: No such command 'citations'. Write 'tracker sources'. See 'tracker --help'.
[2]
$ bibliography
tracker: No such command 'bibliography'. Write 'tracker sources'. See 'tracker --help'.
[2]
$ who-says
tracker: No such command 'who-says'. Write 'tracker claims'. See 'tracker --help'.
[2]
$ says
tracker: No such command 'says'. Write 'tracker log CONCESSION STATUS --says PARTY'. See 'tracker --help'.
[2]
$ claim
tracker: No such command 'claim'. Write 'tracker log CONCESSION STATUS --says PARTY'. See 'tracker --help'.
[2]
$ claims soybeans
tracker: 'soybeans' fits several: cn-soy-2025, cn-soy-2026, cn-soy-2027, cn-soy-2028. Write one of them
[3]
$ claims --disputed
tracker: No such option: --disputed. Write 'tracker claims'. See 'tracker claims --help'.
[2]
$ disagreements
tracker: No such command 'disagreements'. Write 'tracker claims'. See 'tracker --help'.
[2]
$ numbers
tracker: No such command 'numbers'. Write 'tracker pace'. See 'tracker --help'.
[2]
$ figures
tracker: No such command 'figures'. Write 'tracker pace'. See 'tracker --help'.
[2]
$ figure soybeans
tracker: No such command 'figure'. Write 'tracker measure soybeans'. See 'tracker --help'.
[2]
$ progress soybeans
tracker: No such command 'progress'. Write 'tracker pace soybeans'. See 'tracker --help'.
[2]
$ target
tracker: No such command 'target'. Write 'tracker pace'. See 'tracker --help'.
[2]
$ pace --late
tracker: No such option: --late. Write 'tracker deadlines --until today'. See 'tracker pace --help'.
[2]
$ count soybeans
tracker: No such command 'count'. Write 'tracker gains' or 'tracker measure soybeans'. See 'tracker --help'.
[2]
$ chart soybeans
tracker: No such command 'chart'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ check --official
tracker: No such option: --official. Write 'tracker check'. See 'tracker check --help'.
[2]
$ check soybeans
tracker: 'check' does not take 'soybeans'. Write 'tracker show soybeans'. See 'tracker check --help'.
[2]
$ check stale
tracker: 'check' does not take 'stale'. Write 'tracker check --only stale'. See 'tracker check --help'.
[2]
$ todo
tracker: No such command 'todo'. Write 'tracker check'. See 'tracker --help'.
[2]

# What was counted and said
$ alerts
tracker: No such command 'alerts'. Write 'tracker check'. See 'tracker --help'.
[2]
$ stale
tracker: No such command 'stale'. Write 'tracker check --only stale'. See 'tracker --help'.
[2]
$ unchecked
tracker: No such command 'unchecked'. Write 'tracker check --only stale'. See 'tracker --help'.
[2]
$ log
tracker: Missing CONCESSION: A concession's slug, or several; 'tracker history' lists what was logged. Write: tracker log CONCESSION... STATUS. See 'tracker log --help'.
[2]
$ log soybeans
tracker: Missing STATUS: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken. A text without one is a note: 'tracker note SLUG TEXT'. Write: tracker log CONCESSION... STATUS. See 'tracker log --help'.
[2]
$ log soy kept
tracker: 'soy' fits several: cn-soy-2025, cn-soy-2026, cn-soy-2027, cn-soy-2028, cn-soy-licences-logs. Write one of them
[3]
$ log boeing "in force"
tracker: 'in force' is printed for what is kept while its term runs. Log 'kept'
[2]
$ log boeing in force
tracker: 'force' is not a status, and 'in force' is printed for what is kept while its term runs. Log 'kept'
[2]
$ log boeing in part
tracker: 'part' is not a status. Only the last word is read as one; a note goes after -m, a day after --on, each in quotes, and a figure into 'tracker measure DEADLINE VALUE'. Did you mean 'partly'?
[2]
$ log boeing late
tracker: 'late' does not say whether the promise can still be kept. Log 'partly' or 'stalled', or 'missed' if it is too late
[2]
$ log boeing ongoing
#495 cn-boeing-200: started, 2 Dec 2026
cn-boeing-200: promised → started
$ log boeing 50%
tracker: '50%' is not a status. Only the last word is read as one; a note goes after -m, a day after --on, each in quotes, and a figure into 'tracker measure DEADLINE VALUE'. Known: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken
[2]
$ log boeing lapsed
tracker: 'lapsed' does not say how the promise ended. Once its term is over, log 'kept', 'partly' or 'missed'
[2]
$ log boeing expired
tracker: 'expired' does not say how the promise ended. Once its term is over, log 'kept', 'partly' or 'missed'
[2]
$ log boeing cancelled
tracker: 'cancelled' does not say who ended it. Log 'overtaken' if both sides or a court did, 'broken' if the giver alone did
[2]
$ log cn-poultry met --by us
tracker: No such option: --by. Write --says PARTY (who says it; who gives is known). See 'tracker log --help'.
[2]
$ log cn-poultry met --comment "Shipments resumed"
tracker: No such option: --comment. Write -m. See 'tracker log --help'.
[2]
$ log cn-poultry met --url https://example.org/x
tracker: No such option: --url. Write --source. See 'tracker log --help'.
[2]
$ log cn-poultry met --link https://example.org/x
tracker: No such option: --link. Write --source. See 'tracker log --help'.
[2]
$ log cn-poultry met https://example.org/x
tracker: 'https://example.org/x' is not a status. Only the last word is read as one; a note goes after -m, a day after --on, each in quotes, and a figure into 'tracker measure DEADLINE VALUE'. Known: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken
[2]
$ log cn-poultry met --date 2026-11-20
tracker: No such option: --date. Write --on. See 'tracker log --help'.
[2]
$ log cn-poultry met 2026-11-20
tracker: '2026-11-20' is not a status. Only the last word is read as one; a note goes after -m, a day after --on, each in quotes, and a figure into 'tracker measure DEADLINE VALUE'. Known: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken
[2]
$ log cn-poultry met --on 20/11/2026
tracker: '20/11/2026' is not a valid date. Write 2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'
[5]
$ log cn-poultry -m "Shipments resumed"
tracker: Missing STATUS: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken. A text without one is a note: 'tracker note SLUG TEXT'. Write: tracker log CONCESSION... STATUS. See 'tracker log --help'.
[2]
$ log cn-poultry "Shipments resumed"
tracker: 'Shipments resumed' is not a status. Only the last word is read as one; a note goes after -m, a day after --on, each in quotes, and a figure into 'tracker measure DEADLINE VALUE'. Known: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken
[2]

# What is recorded
$ update boeing partly
tracker: No such command 'update'. Write 'tracker log boeing partly'. See 'tracker --help'.
[2]
$ set boeing partly
tracker: No such command 'set'. Write 'tracker log boeing partly'. See 'tracker --help'.
[2]
$ status boeing partly
tracker: No concession 'partly' in this book. Write 'tracker status --status partly' or 'tracker log CONCESSION partly'
[3]
$ record boeing partly
tracker: No such command 'record'. Write 'tracker log boeing partly'. See 'tracker --help'.
[2]
$ mark boeing kept
tracker: No such command 'mark'. Write 'tracker log boeing kept'. See 'tracker --help'.
[2]
$ add boeing kept
tracker: No such command 'add boeing'. Write 'tracker add party', 'tracker add source', 'tracker add agreement', 'tracker add concession' or 'tracker add deadline'. See 'tracker add --help'.
[2]
$ new boeing kept
tracker: No such command 'new'. Write 'tracker add boeing kept'. See 'tracker --help'.
[2]
$ measure soybeans 12 MMT --by USDA
tracker: 'soybeans' fits several: cn-soy-2025-delivery, cn-soy-2026-delivery, cn-soy-2027-delivery, cn-soy-2028-delivery. Write one of them
[3]
$ measure soy-2026 18MMT --by USDA --basis sold
tracker: '18MMT' is not a plain decimal number. Write 18, and the unit 'MMT' as a word of its own
[5]
$ measure soy-2026 --value 18 --by USDA --basis sold
tracker: No such option: --value. Write: tracker measure DEADLINE VALUE [UNIT]. See 'tracker measure --help'.
[2]
$ count soy-2026 18
tracker: No such command 'count'. Write 'tracker gains' or 'tracker measure soy-2026 18'. See 'tracker --help'.
[2]
$ reading soy-2026 18
tracker: No such command 'reading'. Write 'tracker measure soy-2026 18'. See 'tracker --help'.
[2]
$ delivered soy-2026 18
tracker: No such command 'delivered'. Write 'tracker measure soy-2026 18'. See 'tracker --help'.
[2]
$ move soybeans 2027-01-31
tracker: 'soybeans' fits several: cn-soy-2025-delivery, cn-soy-2026-delivery, cn-soy-2027-delivery, cn-soy-2028-delivery. Write one of them
[3]
$ move us-affiliates-rule to 2027-11-10
tracker: 'move' does not take '2027-11-10'. Write --on 2027-11-10. See 'tracker move --help'.
[2]
$ move us-affiliates-rule --to 2027-11-10
tracker: No such option: --to. Write 'tracker move DEADLINE DATE'. See 'tracker move --help'.
[2]
$ extend us-affiliates-rule 2027-11-10
tracker: No such command 'extend'. Write 'tracker move us-affiliates-rule 2027-11-10'. See 'tracker --help'.
[2]
$ extend us-affiliates-rule 1 year
tracker: No such command 'extend'. Write 'tracker move us-affiliates-rule 1 year'. See 'tracker --help'.
[2]
$ postpone us-affiliates-rule 2027-11-10
tracker: No such command 'postpone'. Write 'tracker move us-affiliates-rule 2027-11-10'. See 'tracker --help'.
[2]
$ defer us-affiliates-rule 2027-11-10
tracker: No such command 'defer'. Write 'tracker move us-affiliates-rule 2027-11-10'. See 'tracker --help'.
[2]
$ delay boeing 2027-06-30
tracker: No such command 'delay'. Write 'tracker move boeing 2027-06-30'. See 'tracker --help'.
[2]
$ deadline us-affiliates-rule 2027-11-10
tracker: No such command 'deadline'. Write 'tracker deadlines' or 'tracker move us-affiliates-rule 2027-11-10' or 'tracker add deadline NEW-SLUG --concession us-affiliates-rule --kind KIND --due DATE --label TEXT --source KEY'. See 'tracker --help'.
[2]
$ deadline add boeing 2027-06-30
tracker: No such command 'deadline'. Write 'tracker add deadline NEW-SLUG --concession boeing --kind KIND --due DATE --label TEXT --source KEY'. See 'tracker --help'.
[2]
$ close boeing met
tracker: 'cn-boeing-200-orders' ends with the verdict on 'cn-boeing-200'. Write 'tracker log cn-boeing-200 kept'
[4]
$ meeting apec
tracker: No such command 'meeting'. Write 'tracker close apec met'. See 'tracker --help'.
[2]

# Corrections and declarations
$ note "First order"
tracker: Invalid value: give a SLUG and, once, the TEXT: as an argument or after -m. See 'tracker note --help'.
[2]
$ headline "Lists exchanged"
tracker: 'Lists exchanged' is not a valid week, month or quarter. Write 2026-W02, W02 (the latest one), 'last', any day of the week, 2026-11 or 2026-Q3
[5]
$ comment boeing "First order"
tracker: No such command 'comment'. Write "tracker note boeing 'First order'". See 'tracker --help'.
[2]
$ seen boeing
tracker: No such command 'seen'. Write 'tracker checked boeing'. See 'tracker --help'.
[2]
$ delete boeing
tracker: No such command 'delete'. Write 'tracker retract boeing -m REASON'. See 'tracker --help'.
[2]
$ redo
tracker: No such command 'redo'. Write 'tracker history --all'. See 'tracker --help'.
[2]
$ edit boeing
tracker: No such command 'edit'. Write 'tracker amend boeing --note TEXT' or 'tracker change boeing --title TEXT -m REASON'. See 'tracker --help'.
[2]
$ change boeing --title "Order 200 aircraft"
tracker: Missing option '-m' / '--reason'. See 'tracker change --help'.
[2]
$ rename boeing boeing-aircraft
tracker: No such command 'rename'. Write 'tracker change boeing --title TEXT -m REASON' (a slug stays as it is). See 'tracker --help'.
[2]
$ change soybeans --sector farming
tracker: Missing option '-m' / '--reason'. See 'tracker change --help'.
[2]
$ add party japan
tracker: The party 'japan' is incomplete. Add --name, --short
[2]
$ add concession cn-steel
tracker: The concession 'cn-steel' is incomplete. Add --agreement, --title, --giver, --receiver, --sector, --source
[2]
$ add deadline boeing
tracker: The deadline 'boeing' is incomplete. Add --agreement or --concession, --kind, --label, --source
[2]
$ add source
tracker: Missing SLUG: Its slug: lower-case letters, digits and hyphens. Write: tracker add source SLUG. See 'tracker add source --help'.
[2]
$ source https://example.org
tracker: No such command 'source https://example.org'. Write 'tracker source keep' or 'tracker source diff'. See 'tracker source --help'.
[2]
$ print
tracker: No such command 'print'. Write 'tracker week -o FILE.html'. See 'tracker --help'.
[2]

# Files, settings and help
$ share
tracker: No such command 'share'. Write 'tracker week -f mail -o FILE'. See 'tracker --help'.
[2]
$ pdf
tracker: No such command 'pdf'. Write 'tracker week -o FILE.html'. See 'tracker --help'.
[2]
$ csv
tracker: No such command 'csv'. Write 'tracker status -f csv'. See 'tracker --help'.
[2]
$ excel
tracker: No such command 'excel'. Write 'tracker week -o FILE.xlsx'. See 'tracker --help'.
[2]
$ publish
tracker: Missing DIR: A folder for the site alone; it is made, or replaced as a whole. Write: tracker publish DIR. See 'tracker publish --help'.
[2]
$ upgrade
tracker: No such command 'upgrade'. Write 'tracker db upgrade'. See 'tracker --help'.
[2]
$ migrate
tracker: No such command 'migrate'. Write 'tracker db upgrade'. See 'tracker --help'.
[2]
$ config
tracker: No such command 'config'. Write 'tracker help options'. See 'tracker --help'.
[2]
$ settings
tracker: No such command 'settings'. Write 'tracker help options'. See 'tracker --help'.
[2]
$ login
tracker: No such command 'login'. Did you mean 'log'? See 'tracker --help'.
[2]
$ pull
tracker: No such command 'pull'. Write 'tracker import FILE'. See 'tracker --help'.
[2]
$ new
tracker: No such command 'new'. Write 'tracker add KIND SLUG'. See 'tracker --help'.
[2]
$ create
tracker: No such command 'create'. Write 'tracker add KIND SLUG'. See 'tracker --help'.
[2]
$ start
tracker: No such command 'start'. Write 'tracker init SEED'. See 'tracker --help'.
[2]
$ quit
tracker: No such command 'quit'. See 'tracker --help'.
[2]
$ exit
tracker: No such command 'exit'. See 'tracker --help'.
[2]
$ help month
tracker: No help on 'month'. Write 'tracker week "this month"'
[3]
$ help boeing
tracker: No help on 'boeing'. 'tracker help' lists the topics; for a thing in the book, 'tracker show boeing'
[3]
$ history -n 3
tracker: No such option: -n. Write --limit. See 'tracker history --help'.
[2]
$ history --last 3
tracker: No such option: --last. Write --limit. See 'tracker history --help'.
[2]
$ history --author ana
tracker: No such option: --author. It says who records, before a command that does.
[2]
$ history --by ana
tracker: No such option: --by. See 'tracker history --help'.
[2]
$ history --week
tracker: No such option: --week. Write --since. See 'tracker history --help'.
[2]
$ history 2026-11
tracker: No agreement, concession or deadline '2026-11' in this book. Write 'tracker history --since 2026-11 --until 2026-11'
[3]

# The journal, and the rest
$ log --list
tracker: No such option: --list. Write 'tracker history'. See 'tracker log --help'.
[2]
$ changes
tracker: No such command 'changes'. Write 'tracker diff FROM TO'. See 'tracker --help'.
[2]
$ changelog
tracker: No such command 'changelog'. Write 'tracker diff FROM TO'. See 'tracker --help'.
[2]
$ diff
tracker: Missing FROM: Show changes after this point: 2026-01-31, W05, '#415'. Write: tracker diff FROM [TO]. See 'tracker diff --help'.
[2]
$ diff last week
tracker: 'week' is not a valid date. Write 2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'
[5]
$ diff boeing
tracker: 'boeing' is not a valid date. Write 2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'
[5]
$ compare 2026-10-01 2026-11-01
tracker: No such command 'compare'. Write 'tracker diff 2026-10-01 2026-11-01'. See 'tracker --help'.
[2]
$ what-changed
tracker: No such command 'what-changed'. Write 'tracker diff FROM TO'. See 'tracker --help'.
[2]
$ kinds
tracker: No such command 'kinds'. Write 'tracker gains --by kind'. See 'tracker --help'.
[2]
$ instruments
tracker: No such command 'instruments'. Write 'tracker gains --by instrument'. See 'tracker --help'.
[2]
$ authors
tracker: No such command 'authors'. Write 'tracker history'. See 'tracker --help'.
[2]
$ users
tracker: No such command 'users'. Write 'tracker history'. See 'tracker --help'.
[2]
$ people
tracker: No such command 'people'. Write 'tracker history'. See 'tracker --help'.
[2]
$ exchange
tracker: No such command 'exchange'. Write 'tracker show SLUG'. See 'tracker --help'.
[2]
$ linked
tracker: No such command 'linked'. Write 'tracker show SLUG'. See 'tracker --help'.
[2]
$ trade-offs
tracker: No such command 'trade-offs'. Write 'tracker show SLUG'. See 'tracker --help'.
[2]
$ in-return
tracker: No such command 'in-return'. Write 'tracker show SLUG'. See 'tracker --help'.
[2]
$ quid-pro-quo
tracker: No such command 'quid-pro-quo'. Write 'tracker show SLUG'. See 'tracker --help'.
[2]
$ us
tracker: No such command 'us'. Write 'tracker status --giver us'. See 'tracker --help'.
[2]
$ china
tracker: No such command 'china'. Write 'tracker status --giver china'. See 'tracker --help'.
[2]
$ timeline boeing
tracker: No such command 'timeline'. Write 'tracker history boeing'. See 'tracker --help'.
[2]
$ trend
tracker: No such command 'trend'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ reliability
tracker: No such command 'reliability'. Write 'tracker gains --by giver'. See 'tracker --help'.
[2]
$ trust
tracker: No such command 'trust'. Write 'tracker gains --by giver'. See 'tracker --help'.
[2]
$ who-keeps
tracker: No such command 'who-keeps'. Write 'tracker gains --by giver'. See 'tracker --help'.
[2]

# A part of a name is enough where one thing alone has it, and the receipt names that
$ log boeing partly --on 2026-11-20 | →
cn-boeing-200: promised → partly
$ change boeing --title "Order 200 aircraft" -m "As the sheet says"
$ show boeing | US–China
US–China trade truce, 2025–26 · cn-boeing-200: Order 200 aircraft
$ amend LAST-1 --status started -m "Only a part of the order" | →
cn-boeing-200: partly → started
$ status --as-of 2026-11 | ^as of
as of 30 Nov 2026 · ends 10 Jan 2027, 41 days (61 later than agreed)
$ status --as-of q3 | ^as of
as of 30 Sep 2026 · ends 10 Jan 2027, 102 days (61 later than agreed)
$ history --limit 1 {command}
change
$ gains --by evidence {group}
an official text
nothing since the promise
pages not marked official
no page that somebody opened
both sides say so
$ checked all
$ history --limit 1 {command subject}
checked busan-truce
