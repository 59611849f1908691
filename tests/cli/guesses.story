What an analyst types before opening the help, and what to type instead.

@ 2026-12-02 busan

# A word for a command is answered with the command
$ overdue
tracker: No such command 'overdue'. Write 'tracker deadlines --until today'. See 'tracker --help'.
[2]
$ late
tracker: No such command 'late'. Write 'tracker deadlines --until today'. See 'tracker --help'.
[2]
$ who is late
tracker: No such command 'who'. Write 'tracker status --giver PARTY'. See 'tracker --help'.
[2]
$ risk
tracker: No such command 'risk'. Write 'tracker gains --at-risk'. See 'tracker --help'.
[2]
$ at-risk
tracker: No such command 'at-risk'. Write 'tracker gains --at-risk'. See 'tracker --help'.
[2]
$ risks
tracker: No such command 'risks'. Write 'tracker gains --at-risk'. See 'tracker --help'.
[2]
$ owes
tracker: No such command 'owes'. Write 'tracker status --giver PARTY'. See 'tracker --help'.
[2]
$ owed
tracker: No such command 'owed'. Write 'tracker status --giver PARTY'. See 'tracker --help'.
[2]
$ who owes
tracker: No such command 'who'. Write 'tracker status --giver PARTY'. See 'tracker --help'.
[2]
$ disputes
tracker: No such command 'disputes'. Write 'tracker claims'. See 'tracker --help'.
[2]
$ disputed
tracker: No such command 'disputed'. Write 'tracker claims'. See 'tracker --help'.
[2]
$ contested
tracker: No such command 'contested'. Write 'tracker claims'. See 'tracker --help'.
[2]
$ conflicts
tracker: No such command 'conflicts'. Write 'tracker claims'. See 'tracker --help'.
[2]
$ sectors
tracker: No such command 'sectors'. Write 'tracker gains --by sector' or 'tracker status --sector SECTOR'. See 'tracker --help'.
[2]
$ parties
tracker: No such command 'parties'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ countries
tracker: No such command 'countries'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ agreements
tracker: No such command 'agreements'. Write 'tracker gains --by agreement'. See 'tracker --help'.
[2]
$ agreement
tracker: No such command 'agreement'. Write 'tracker show SLUG'. See 'tracker --help'.
[2]
$ concessions
tracker: No such command 'concessions'. Write 'tracker status'. See 'tracker --help'.
[2]
$ promises
tracker: No such command 'promises'. Write 'tracker status'. See 'tracker --help'.
[2]
$ promise boeing
tracker: No such command 'promise'. Write 'tracker show boeing'. See 'tracker --help'.
[2]
$ commitments
tracker: No such command 'commitments'. Write 'tracker status'. See 'tracker --help'.
[2]
$ month
tracker: No such command 'month'. Write 'tracker week "this month"'. See 'tracker --help'.
[2]
$ monthly
tracker: No such command 'monthly'. Write 'tracker week "this month"'. See 'tracker --help'.
[2]
$ quarter
tracker: No such command 'quarter'. Write 'tracker week "this quarter"'. See 'tracker --help'.
[2]
$ yearly
tracker: No such command 'yearly'. Write 'tracker gains --since YEAR'. See 'tracker --help'.
[2]
$ year
tracker: No such command 'year'. Write 'tracker gains --since YEAR'. See 'tracker --help'.
[2]
$ today
tracker: No such command 'today'. Write 'tracker week'. See 'tracker --help'.
[2]
$ yesterday
tracker: No such command 'yesterday'. Write 'tracker history --since yesterday'. See 'tracker --help'.
[2]
$ now
tracker: No such command 'now'. Write 'tracker week'. See 'tracker --help'.
[2]
$ latest
tracker: No such command 'latest'. Write 'tracker week'. See 'tracker --help'.
[2]
$ news
tracker: No such command 'news'. Write 'tracker week'. See 'tracker --help'.
[2]
$ headlines
tracker: No such command 'headlines'. Write 'tracker week'. See 'tracker --help'.
[2]
$ summary
tracker: No such command 'summary'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ scoreboard
tracker: No such command 'scoreboard'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ score
tracker: No such command 'score'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ scorecard
tracker: No such command 'scorecard'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ winners
tracker: No such command 'winners'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ winning
tracker: No such command 'winning'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ ahead
tracker: No such command 'ahead'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ tally
tracker: No such command 'tally'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ balance
tracker: No such command 'balance'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ totals
tracker: No such command 'totals'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ count
tracker: No such command 'count'. Write 'tracker gains' or 'tracker measure DEADLINE VALUE'. See 'tracker --help'.
[2]
$ stats
tracker: No such command 'stats'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ statistics
tracker: No such command 'statistics'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ mail
tracker: No such command 'mail'. Write 'tracker week -f mail -o FILE'. See 'tracker --help'.
[2]
$ email
tracker: No such command 'email'. Write 'tracker week -f mail -o FILE'. See 'tracker --help'.
[2]
$ newsletter
tracker: No such command 'newsletter'. Write 'tracker week -f mail -o FILE'. See 'tracker --help'.
[2]
$ send
tracker: No such command 'send'. Write 'tracker week -f mail -o FILE'. See 'tracker --help'.
[2]
$ site
tracker: No such command 'site'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ website
tracker: No such command 'website'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ html
tracker: No such command 'html'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ web
tracker: No such command 'web'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ serve
tracker: No such command 'serve'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ dashboard
tracker: No such command 'dashboard'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ chart
tracker: No such command 'chart'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ charts
tracker: No such command 'charts'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ graph
tracker: No such command 'graph'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ plot
tracker: No such command 'plot'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]
$ targets
tracker: No such command 'targets'. Write 'tracker pace'. See 'tracker --help'.
[2]
$ target soy-2026
tracker: No such command 'target'. Write 'tracker pace soy-2026'. See 'tracker --help'.
[2]
$ progress
tracker: No such command 'progress'. Write 'tracker pace'. See 'tracker --help'.
[2]
$ soybeans
tracker: No such command 'soybeans'. Write 'tracker show soybeans'. See 'tracker --help'.
[2]
$ boeing
tracker: No such command 'boeing'. Write 'tracker show boeing'. See 'tracker --help'.
[2]
$ template
tracker: No such command 'template'. Write 'tracker init --list'. See 'tracker --help'.
[2]
$ seed
tracker: No such command 'seed'. Write 'tracker init --list'. See 'tracker --help'.
[2]
$ seeds
tracker: No such command 'seeds'. Write 'tracker init --list'. See 'tracker --help'.
[2]
$ example
tracker: No such command 'example'. Write 'tracker init --list'. See 'tracker --help'.
[2]
$ backup
tracker: No such command 'backup'. Write 'tracker db backup FILE'. See 'tracker --help'.
[2]
$ restore
tracker: No such command 'restore'. Write 'tracker init FILE.jsonl'. See 'tracker --help'.
[2]
$ save
tracker: No such command 'save'. Write 'tracker db backup FILE'. See 'tracker --help'.
[2]
$ sync
tracker: No such command 'sync'. Write 'tracker import FILE'. See 'tracker --help'.
[2]
$ extend soy-2026 2027-01-10
tracker: No such command 'extend'. Write 'tracker move soy-2026 2027-01-10'. See 'tracker --help'.
[2]
$ defer soy-2026 2027-01-10
tracker: No such command 'defer'. Write 'tracker move soy-2026 2027-01-10'. See 'tracker --help'.
[2]
$ postpone soy-2026 2027-01-10
tracker: No such command 'postpone'. Write 'tracker move soy-2026 2027-01-10'. See 'tracker --help'.
[2]
$ delay soy-2026 2027-01-10
tracker: No such command 'delay'. Write 'tracker move soy-2026 2027-01-10'. See 'tracker --help'.
[2]
$ reschedule soy-2026 2027-01-10
tracker: No such command 'reschedule'. Write 'tracker move soy-2026 2027-01-10'. See 'tracker --help'.
[2]
$ renew truce-end 2027-11-10
tracker: No such command 'renew'. Write 'tracker move truce-end 2027-11-10'. See 'tracker --help'.
[2]
$ kept boeing
tracker: No such command 'kept'. Write 'tracker status --status kept' or 'tracker log boeing kept'. See 'tracker --help'.
[2]
$ break boeing
tracker: No such command 'break'. Write 'tracker log boeing broken'. See 'tracker --help'.
[2]
$ broken boeing
tracker: No such command 'broken'. Write 'tracker status --status broken' or 'tracker log boeing broken'. See 'tracker --help'.
[2]
$ met boeing
tracker: No such command 'met'. Write 'tracker status --status met' or 'tracker log boeing met'. See 'tracker --help'.
[2]
$ done boeing
tracker: No such command 'done'. Write 'tracker status --status done' or 'tracker log boeing done'. See 'tracker --help'.
[2]
$ complete boeing
tracker: No such command 'complete'. Write 'tracker status --status complete' or 'tracker log boeing complete'. See 'tracker --help'.
[2]
$ cancel boeing
tracker: No such command 'cancel'. Write 'tracker log boeing STATUS'. See 'tracker --help'.
[2]
$ withdraw boeing
tracker: No such command 'withdraw'. Write 'tracker log boeing STATUS'. See 'tracker --help'.
[2]
$ expire boeing
tracker: No such command 'expire'. Write 'tracker log boeing STATUS'. See 'tracker --help'.
[2]
$ lapse boeing
tracker: No such command 'lapse'. Write 'tracker log boeing STATUS'. See 'tracker --help'.
[2]
$ verdict boeing kept
tracker: No such command 'verdict'. Write 'tracker log boeing kept'. See 'tracker --help'.
[2]
$ claim boeing kept --says us
tracker: No such command 'claim'. Write 'tracker log boeing kept --says us'. See 'tracker --help'.
[2]
$ say boeing kept --by us
tracker: No such command 'say'. Write 'tracker log boeing kept --says us'. See 'tracker --help'.
[2]
$ comment boeing "Seen"
tracker: No such command 'comment'. Write 'tracker note boeing Seen'. See 'tracker --help'.
[2]
$ annotate boeing "Seen"
tracker: No such command 'annotate'. Write 'tracker note boeing Seen'. See 'tracker --help'.
[2]
$ quote boeing
tracker: No such command 'quote'. Write 'tracker show boeing'. See 'tracker --help'.
[2]
$ cite boeing https://example.org
tracker: No such command 'cite'. Write 'tracker amend boeing --add-source URL'. See 'tracker --help'.
[2]
$ evidence boeing
tracker: No such command 'evidence'. Write 'tracker gains --by evidence'. See 'tracker --help'.
[2]
$ proof boeing
tracker: No such command 'proof'. Write 'tracker gains --by evidence'. See 'tracker --help'.
[2]
$ open
tracker: No such command 'open'. Write 'tracker status' or 'tracker --db FILE status'. See 'tracker --help'.
[2]
$ pending
tracker: No such command 'pending'. Write 'tracker status --giver PARTY'. See 'tracker --help'.
[2]
$ upcoming
tracker: No such command 'upcoming'. Write 'tracker deadlines'. See 'tracker --help'.
[2]
$ next
tracker: No such command 'next'. Write 'tracker deadlines'. See 'tracker --help'.
[2]
$ due
tracker: No such command 'due'. Write 'tracker deadlines'. See 'tracker --help'.
[2]
$ ics
tracker: No such command 'ics'. Write 'tracker deadlines -f ics'. See 'tracker --help'.
[2]
$ expiring
tracker: No such command 'expiring'. Write 'tracker deadlines'. See 'tracker --help'.
[2]
$ expired
tracker: No such command 'expired'. Write 'tracker deadlines --until today'. See 'tracker --help'.
[2]
$ lapsed
tracker: No such command 'lapsed'. Write 'tracker deadlines --until today'. See 'tracker --help'.
[2]
$ timeline
tracker: No such command 'timeline'. Write 'tracker history'. See 'tracker --help'.
[2]
$ journal
tracker: No such command 'journal'. Write 'tracker history'. See 'tracker --help'.
[2]
$ audit
tracker: No such command 'audit'. Write 'tracker history'. See 'tracker --help'.
[2]
$ verify
tracker: No such command 'verify'. Write 'tracker db check'. See 'tracker --help'.
[2]
$ validate
tracker: No such command 'validate'. Write 'tracker db check'. See 'tracker --help'.
[2]
$ integrity
tracker: No such command 'integrity'. Write 'tracker db check'. See 'tracker --help'.
[2]
$ version
tracker: No such command 'version'. Write 'tracker --version'. See 'tracker --help'.
[2]
$ about
tracker: No such command 'about'. Write 'tracker help'. See 'tracker --help'.
[2]
$ info
tracker: No such command 'info'. Write 'tracker help'. See 'tracker --help'.
[2]
$ glossary
tracker: No such command 'glossary'. Write 'tracker help'. See 'tracker --help'.
[2]
$ terms
tracker: No such command 'terms'. Write 'tracker help'. See 'tracker --help'.
[2]
$ delete 492
tracker: No such command 'delete'. Write 'tracker retract 492 -m REASON'. See 'tracker --help'.
[2]
$ remove boeing
tracker: No such command 'remove'. Write 'tracker retract boeing -m REASON'. See 'tracker --help'.
[2]
$ revert
tracker: No such command 'revert'. Write 'tracker undo'. See 'tracker --help'.
[2]
$ rollback
tracker: No such command 'rollback'. Write 'tracker undo'. See 'tracker --help'.
[2]
$ rename boeing aircraft
tracker: No such command 'rename'. Write 'tracker change boeing --title TEXT -m REASON' (a slug stays as it is). See 'tracker --help'.
[2]

# A word or an option of another command is answered with what does it
$ sources boeing
tracker: 'sources' does not take 'boeing'. Write 'tracker show boeing'. See 'tracker sources --help'.
[2]
$ check boeing
tracker: 'check' does not take 'boeing'. Write 'tracker show boeing'. See 'tracker check --help'.
[2]
$ week --last
tracker: No such option: --last. Write 'tracker week last'. See 'tracker week --help'.
[2]
$ week last --email
tracker: No such option: --email. Write -f mail. See 'tracker week --help'.
[2]
$ week --mail
tracker: No such option: --mail. Write -f mail. See 'tracker week --help'.
[2]
$ week --html
tracker: No such option: --html. Write -f html. See 'tracker week --help'.
[2]
$ week --json
tracker: No such option: --json. Write -f json. See 'tracker week --help'.
[2]
$ week --csv
tracker: No such option: --csv. Write -f csv. See 'tracker week --help'.
[2]
$ week --month
tracker: No such option: --month. Write 'tracker week 2026-11'. See 'tracker week --help'.
[2]
$ week --since 2026-05-15
tracker: No such option: --since. Write 'tracker diff DATE'. See 'tracker week --help'.
[2]
$ gains --month 2026-11
tracker: No such option: --month. Write --since MONTH. See 'tracker gains --help'.
[2]
$ gains --party us
tracker: No such option: --party. Write --giver or --receiver. See 'tracker gains --help'.
[2]
$ gains --sector soybeans
tracker: No sector 'soybeans' in this book. Known: agriculture, agriculture and forestry, rare earths and batteries, critical minerals, chemicals, all goods, defence and technology, maritime, semiconductors, digital, aircraft, energy, …
[3]
$ gains us
tracker: 'gains' does not take 'us'. Write --giver us or --receiver us. See 'tracker gains --help'.
[2]
$ gains --between us cn
tracker: No such option: --between. Write --giver or --receiver. See 'tracker gains --help'.
[2]
$ status china
tracker: 'china' is a party, not a concession. Give it with --giver or --receiver, as in 'tracker status --giver cn'
[3]
$ status --party china
tracker: No such option: --party. Write --giver or --receiver. See 'tracker status --help'.
[2]
$ status --country china
tracker: No such option: --country. Write --giver or --receiver. See 'tracker status --help'.
[2]
$ status --overdue
tracker: No such option: --overdue. Write 'tracker deadlines --until today'. See 'tracker status --help'.
[2]
$ status --late
tracker: No such option: --late. Write 'tracker deadlines --until today'. See 'tracker status --help'.
[2]
$ status --open
tracker: No such option: --open. Write --status promised. See 'tracker status --help'.
[2]
$ status --since 2026-05-15
tracker: No such option: --since. Write 'tracker diff DATE'. See 'tracker status --help'.
[2]
$ status --who us
tracker: No such option: --who. Write 'tracker measure DEADLINE VALUE --by WHO'. See 'tracker status --help'.
[2]
$ status soybeans
tracker: 'soybeans' fits several: cn-soy-2025, cn-soy-2026, cn-soy-2027, cn-soy-2028. Write one of them
[3]
$ show china
tracker: 'china' is a party, not a concession, deadline or source. Give it with --giver or --receiver, as in 'tracker status --giver cn'
[3]
$ show boing
tracker: No concession, deadline or source 'boing' in this book. Did you mean 'cn-boeing-200', 'cn-boeing-200-orders' or 'reuters-boeing'?
[3]
$ show boeing soybeans
tracker: 'show' does not take 'soybeans'. Write 'tracker show soybeans'. See 'tracker show --help'.
[2]
$ deadlines china
tracker: 'china' is a party, not an agreement, concession or deadline. Give it with --giver or --receiver, as in 'tracker status --giver cn'
[3]
$ deadlines --late
tracker: No such option: --late. Write --until today. See 'tracker deadlines --help'.
[2]
$ deadlines --next 30
tracker: No such option: --next. Write --within DAYS or --until DATE. See 'tracker deadlines --help'.
[2]
$ deadlines next month
tracker: 'deadlines' does not take 'month'. Write 'tracker deadlines --until MONTH'. See 'tracker deadlines --help'.
[2]
$ deadlines --overdue
tracker: No such option: --overdue. Write --until today. See 'tracker deadlines --help'.
[2]
$ claims --dispute
tracker: No such option: --dispute. Write 'tracker claims'. See 'tracker claims --help'.
[2]
$ claims china
tracker: 'china' is a party, not a concession. Give it with --giver or --receiver, as in 'tracker status --giver cn'
[3]
$ claims us
tracker: 'us' is a party, not a concession. Give it with --giver or --receiver, as in 'tracker status --giver us'
[3]
$ history boeing --last 5
tracker: No such option: --last. Write --limit. See 'tracker history --help'.
[2]
$ history --last 5
tracker: No such option: --last. Write --limit. See 'tracker history --help'.
[2]
$ history --author me
tracker: No such option: --author. It says who records, before a command that does.
[2]
$ history --from 2026-10-01
tracker: No such option: --from. Write --since. See 'tracker history --help'.
[2]
$ pace soybeans
tracker: 'soybeans' fits several: cn-soy-2025, cn-soy-2026, cn-soy-2027, cn-soy-2028. Write one of them
[3]
$ pace --by USDA
tracker: No such option: --by. Write --giver. See 'tracker pace --help'.
[2]
$ sources --official
tracker: No such option: --official. Write 'tracker check'. See 'tracker sources --help'.
[2]
$ sources --unread
tracker: No such option: --unread. Write 'tracker check --only unread'. See 'tracker sources --help'.
[2]
$ log boing kept
tracker: No concession 'boing' in this book. Did you mean 'cn-boeing-200'?
[3]
$ log boeing kept --because "x"
tracker: No such option: --because. Write -m. See 'tracker log --help'.
[2]
$ log boeing --kept
tracker: No such option: --kept. Write 'tracker log CONCESSION kept'. See 'tracker log --help'.
[2]
$ log boeing 2026-11-01 kept
tracker: No concession '2026-11-01' in this book. None of the 48 has a similar name; 'tracker status', 'tracker deadlines' and 'tracker sources' list what there is
[3]
$ log boeing kept --date 2026-11-01
tracker: No such option: --date. Write --on. See 'tracker log --help'.
[2]
$ log boeing kept --comment "Seen"
tracker: No such option: --comment. Write -m. See 'tracker log --help'.
[2]
$ log boeing kept --url https://example.org
tracker: No such option: --url. Write --source. See 'tracker log --help'.
[2]
$ log boeing kept --link https://example.org
tracker: No such option: --link. Write --source. See 'tracker log --help'.
[2]
$ log boeing kept --party us
tracker: No such option: --party. Write --says. See 'tracker log --help'.
[2]
$ log boeing kept --reason "Seen"
tracker: No such option: --reason. Write -m. See 'tracker log --help'.
[2]
$ measure soy-2026 --amount 18
tracker: No such option: --amount. Write: tracker measure DEADLINE VALUE [UNIT]. See 'tracker measure --help'.
[2]
$ measure soybeans 18
tracker: 'soybeans' fits several: cn-soy-2025-delivery, cn-soy-2026-delivery, cn-soy-2027-delivery, cn-soy-2028-delivery. Write one of them
[3]
$ measure soy-2026 18 --who USDA
tracker: No such option: --who. Write --by. See 'tracker measure --help'.
[2]
$ move soy-2026 --date 2027-01-10
tracker: No such option: --date. Write --on. See 'tracker move --help'.
[2]
$ undo 492
tracker: 'undo' does not take '492'. Write 'tracker retract 492 -m REASON' or 'tracker show 492'. See 'tracker undo --help'.
[2]
$ undo last
tracker: 'undo' does not take 'last'. Write 'tracker undo'. See 'tracker undo --help'.
[2]
$ amend boeing
tracker: 'boeing' is not an entry number. Write it as 'tracker history' does, such as 13
[5]
$ amend 492 --comment "x"
tracker: No such option: --comment. Write -m. See 'tracker amend --help'.
[2]
$ retract boeing
tracker: Missing option '-m' / '--reason'. See 'tracker retract --help'.
[2]
$ retract 99999999999999999999999
tracker: Missing option '-m' / '--reason'. See 'tracker retract --help'.
[2]
$ add promise
tracker: No such command 'add promise'. Write 'tracker add concession SLUG --giver PARTY --receiver PARTY --title TEXT'. See 'tracker add --help'.
[2]
$ add country japan
tracker: No such command 'add country'. Write 'tracker add party japan'. See 'tracker add --help'.
[2]
$ add boeing
tracker: No such command 'add boeing'. Write 'tracker add party', 'tracker add source', 'tracker add agreement', 'tracker add concession' or 'tracker add deadline'. See 'tracker add --help'.
[2]
$ import --csv x.csv
tracker: No such option: --csv. Write -f csv. See 'tracker import --help'.
[2]
$ export --csv
tracker: No such option: --csv. Write 'tracker history -f csv'. See 'tracker export --help'.
[2]
$ export -f xlsx
tracker: No such option: -f. Write 'tracker export FILE.jsonl' or 'tracker history -f FORMAT'. See 'tracker export --help'.
[2]
$ export --excel
tracker: No such option: --excel. Write 'tracker status -o FILE.xlsx'. See 'tracker export --help'.
[2]
$ db status
tracker: No such command 'db status'. Write 'tracker db check'. See 'tracker db --help'.
[2]
$ db info
tracker: No such command 'db info'. Write 'tracker db check'. See 'tracker db --help'.
[2]
$ db restore
tracker: No such command 'db restore'. Write 'tracker init FILE.jsonl'. See 'tracker db --help'.
[2]
$ db repair
tracker: No such command 'db repair'. Write 'tracker db check'. See 'tracker db --help'.
[2]

# A word that a report does not take is answered with what does it
$ --today noon
tracker: 'noon' is not a valid date. Write 2026-01-07, 7 Jan 2026, 'today', 'yesterday', 'monday' (the last one) or '3 days ago'
[5]
$ week soybeans
tracker: 'soybeans' is not a valid week, month or quarter. Write 'tracker show soybeans'
[5]
$ week now
tracker: 'now' is not a valid week, month or quarter. Write 'tracker week'
[5]
$ week agriculture
tracker: 'agriculture' is not a valid week, month or quarter. Write --sector agriculture
[5]
$ gains agriculture
tracker: 'gains' does not take 'agriculture'. Write --sector agriculture. See 'tracker gains --help'.
[2]
$ gains overdue
tracker: 'gains' does not take 'overdue'. Write 'tracker deadlines --until today'. See 'tracker gains --help'.
[2]
$ status agriculture
tracker: No concession 'agriculture' in this book. Write --sector agriculture
[3]
$ status late
tracker: No concession 'late' in this book. Write 'tracker deadlines --until today'
[3]
$ status stalled
tracker: No concession 'stalled' in this book. Write 'tracker status --status stalled' or 'tracker log CONCESSION stalled'
[3]
$ status at-risk
tracker: No concession 'at-risk' in this book. Write 'tracker gains --at-risk'
[3]
$ pace agriculture
tracker: No concession or deadline 'agriculture' in this book. Write --sector agriculture
[3]
$ history agriculture
tracker: No agreement, concession or deadline 'agriculture' in this book. Write 'tracker status --sector agriculture'
[3]
$ claims disputed
tracker: No concession 'disputed' in this book. Write 'tracker claims'
[3]
$ agriculture
tracker: No such command 'agriculture'. Write 'tracker status --sector agriculture'. See 'tracker --help'.
[2]
$ undo 282
tracker: 'undo' does not take '282'. Write 'tracker retract 282 -m REASON' or 'tracker show 282'. See 'tracker undo --help'.
[2]
$ source boeing
tracker: No such command 'source boeing'. Write 'tracker source keep' or 'tracker source diff'. See 'tracker source --help'.
[2]
$ log cn-boeing-200 extended
tracker: 'extended' means that its day was moved. Run 'tracker move DEADLINE DATE'
[2]
$ add source x --date 2026-01-01
tracker: No such option: --date. Write --published, as in 'tracker add source KEY --publisher TEXT --title TEXT --url URL --published DATE'. See 'tracker add source --help'.
[2]
$ help boeing
tracker: No help on 'boeing'. 'tracker help' lists the topics; for a thing in the book, 'tracker show boeing'
[3]
$ help at-risk
tracker: No help on 'at-risk'. Write 'tracker gains --at-risk'
[3]
$ help sourcs
tracker: No help on 'sourcs'. Did you mean 'sources' or 'source'?
[3]
$ diff last-week --brief
tracker: No such option: --brief. See 'tracker diff --help'.
[2]

# Two words say more than one, and an option may be another command's
$ what changed last week
tracker: No such command 'what'. Write 'tracker week last'. See 'tracker --help'.
[2]
$ who gained what
tracker: No such command 'who'. Write 'tracker gains'. See 'tracker --help'.
[2]
$ who says what
tracker: No such command 'who'. Write 'tracker claims'. See 'tracker --help'.
[2]
$ how sure
tracker: No such command 'how'. Write 'tracker gains --by evidence'. See 'tracker --help'.
[2]
$ gains since october
tracker: 'gains' does not take 'since'. Write --since october. See 'tracker gains --help'.
[2]
$ due this month
tracker: No such command 'due'. Write 'tracker deadlines --until MONTH'. See 'tracker --help'.
[2]
$ deadlines next month
tracker: 'deadlines' does not take 'month'. Write 'tracker deadlines --until MONTH'. See 'tracker deadlines --help'.
[2]
$ deadlines --this-month
tracker: No such option: --this-month. Write --until MONTH. See 'tracker deadlines --help'.
[2]
$ deadlines --next 30
tracker: No such option: --next. Write --within DAYS or --until DATE. See 'tracker deadlines --help'.
[2]
$ deadlines december
tracker: 'december' has no year. Add it, as in 'december 2027'
[5]
$ readings soybeans
tracker: No such command 'readings'. Write 'tracker pace soybeans'. See 'tracker --help'.
[2]
$ source list
tracker: No such command 'source list'. Write 'tracker sources'. See 'tracker source --help'.
[2]
$ source add usda
tracker: No such command 'source add'. Write 'tracker add source usda --publisher TEXT --title TEXT --url URL --published DATE'. See 'tracker source --help'.
[2]
$ add update boeing kept
tracker: No such command 'add update'. Write 'tracker log boeing kept'. See 'tracker add --help'.
[2]
$ add figure cn-soy-2026-delivery 5
tracker: No such command 'add figure'. Write 'tracker measure cn-soy-2026-delivery 5'. See 'tracker add --help'.
[2]
$ deadline add soy-2029
tracker: No such command 'deadline'. Write 'tracker add deadline NEW-SLUG --concession soy-2029 --kind KIND --due DATE --label TEXT --source KEY'. See 'tracker --help'.
[2]
$ add deadline soy-2029 2029-01-01
tracker: 'deadline' does not take '2029-01-01'. Write 'tracker add deadline NEW-SLUG --concession SLUG --kind KIND --due DATE --label TEXT --source KEY'. See 'tracker add deadline --help'.
[2]
$ new party brazil
tracker: No such command 'new'. Write 'tracker add party brazil --name TEXT --short TEXT'. See 'tracker --help'.
[2]
$ undo --last
tracker: No such option: --last. Write 'tracker undo'. See 'tracker undo --help'.
[2]
$ amend 282 --title Soybeans
tracker: No such option: --title. Write 'tracker change SLUG --title TEXT -m REASON'. See 'tracker amend --help'.
[2]
$ publish site --open
tracker: No such option: --open. Write 'tracker publish FOLDER'. See 'tracker publish --help'.
[2]
$ open copy.db
tracker: No such command 'open'. Write 'tracker status' or 'tracker --db copy.db status'. See 'tracker --help'.
[2]
$ use copy.db
tracker: No such command 'use'. Write 'tracker --db copy.db status'. See 'tracker --help'.
[2]
$ feed
tracker: No such command 'feed'. Write 'tracker publish FOLDER'. See 'tracker --help'.
[2]

# What another command takes is put as it is taken here, and no more
@ 2026-11-30 busan
$ changes --since 2026-09-01
tracker: No such command 'changes'. Write 'tracker diff 2026-09-01'. See 'tracker --help'.
[2]
$ changed since september
tracker: No such command 'changed'. Write 'tracker diff september'. See 'tracker --help'.
[2]
$ search "rare earth" --since 2026-09-01
tracker: No such command 'search'. Write "tracker history --find 'rare earth' --since 2026-09-01". See 'tracker --help'.
[2]
$ week next
tracker: 'next' is not a valid week, month or quarter. Write 'tracker deadlines --within 7'
[5]
$ agenda
tracker: No such command 'agenda'. Write 'tracker deadlines --within 30'. See 'tracker --help'.
[2]
$ as-of 2026-06-01
tracker: No such command 'as-of'. Write 'tracker status --as-of 2026-06-01'. See 'tracker --help'.
[2]
$ sources add usda
tracker: 'sources' does not take 'add'. Write 'tracker add source usda --publisher TEXT --title TEXT --url URL --published DATE'. See 'tracker sources --help'.
[2]
$ export --format json
tracker: No such option: --format. Write 'tracker export FILE.jsonl' or 'tracker history -f FORMAT'. See 'tracker export --help'.
[2]
$ add concession cn-wheat "Buy 1 Mt of wheat"
tracker: 'concession' does not take 'Buy 1 Mt of wheat'. Write 'tracker add concession SLUG --agreement SLUG --giver PARTY --receiver PARTY --title TEXT --sector TEXT --source KEY'. See 'tracker add concession --help'.
[2]
$ retract 294 --why misread
tracker: No such option: --why. Write -m. See 'tracker retract --help'.
[2]
$ measure cn-soy-2026 +2
tracker: '+2' has a plus sign. Write the total so far, or with --flow what a day added, without the sign
[5]
$ show 'soybeans 2026' | ^US–China
US–China trade truce, 2025–26 · cn-soy-2026: Buy US soybeans in 2026

# Several promises, a figure with its unit and a span of days are written in other ways
$ log soybeans,rare-earths kept
tracker: No concession 'soybeans,rare-earths' in this book. Separate several with spaces
[3]
$ log 'cn-soy*' kept
tracker: No concession 'cn-soy*' in this book. Write each one by itself; several are separated by spaces
[3]
$ measure cn-soy-2026 15200000t
tracker: '15200000t' is not a plain decimal number. Write 15200000, and the unit 't' as a word of its own
[5]
$ measure cn-soy-2026 '15.2 Mt'
tracker: '15.2 Mt' is not a plain decimal number. Write 15.2, and the unit 'Mt' as a word of its own
[5]
$ help cn-soy-2026
tracker: No help on 'cn-soy-2026'. 'tracker help' lists the topics; for a thing in the book, 'tracker show cn-soy-2026'
[3]
$ week 1-15 nov
tracker: 'week' does not take 'nov'. Write 'tracker week nov' or 'tracker diff FROM TO'. See 'tracker week --help'.
[2]
$ week 1 nov to 15 nov
tracker: 'week' does not take 'nov'. Write 'tracker week nov' or 'tracker diff FROM TO'. See 'tracker week --help'.
[2]

# An entry that was corrected shows which one replaces it
$ amend 493 --note 'Greer announces a statement on overcapacity.' -m shorter
#495 busan-truce: retracts #493 (note by US, 7 Oct 2026), 2 Dec 2026
#496 busan-truce: note by US, 7 Oct 2026
$ retract 493 -m again
tracker: Entry 493 is already retracted, by entry 495. See 'tracker show 493', which names the entry that replaces it, if one does
[4]
$ show 493 | Counts
Counts no, retracted by #495: shorter; #496 replaces it

# A sign is explained only where a row has it
$ history --limit 1 | How we know
(nothing)

# What an analyst typed before opening the help, and was misled or left alone
$ log november kept
tracker: No concession 'november' in this book. None of the 48 has a similar name; 'tracker status', 'tracker deadlines' and 'tracker sources' list what there is
[3]
$ gains november
tracker: 'gains' does not take 'november'. Write 'tracker gains --since november --as-of november'. See 'tracker gains --help'.
[2]
$ gains --week 2026-W04
tracker: No such option: --week. Write --as-of. See 'tracker gains --help'.
[2]
$ week --week 2026-W04
tracker: No such option: --week. Write 'tracker week DATE'. See 'tracker week --help'.
[2]
$ report --month 2026-11
tracker: No such command 'report'. Write 'tracker week 2026-11'. See 'tracker --help'.
[2]
$ report --from 2026-07-01 --to 2026-09-30
tracker: No such command 'report'. Write 'tracker diff FROM TO'. See 'tracker --help'.
[2]
$ log cn-soy-2026 partly --tonnes 8200000
tracker: No such option: --tonnes. Write 'tracker measure DEADLINE VALUE UNIT'. See 'tracker log --help'.
[2]
$ log cn-soy-2026 kept --according-to us
tracker: No such option: --according-to. Write --says. See 'tracker log --help'.
[2]
$ amend 25 kept
tracker: 'amend' does not take 'kept'. Write 'tracker amend ENTRY --status kept'. See 'tracker amend --help'.
[2]
$ delete 25
tracker: No such command 'delete'. Write 'tracker retract 25 -m REASON'. See 'tracker --help'.
[2]
$ retract --last
tracker: No such option: --last. Write 'tracker undo'. See 'tracker retract --help'.
[2]
$ edit cn-soy-2026
tracker: No such command 'edit'. Write 'tracker amend cn-soy-2026 --note TEXT' or 'tracker change cn-soy-2026 --title TEXT -m REASON'. See 'tracker --help'.
[2]
$ agreement add geneva 'Geneva accord' --signed 2026-11-01
tracker: No such command 'agreement'. Write 'tracker add agreement geneva --title TEXT --agreed DATE --source KEY'. See 'tracker --help'.
[2]
$ concession add sorghum --party china --text 'China buys sorghum'
tracker: No such command 'concession'. Write 'tracker add concession sorghum --agreement SLUG --giver PARTY --receiver PARTY --title TEXT --sector TEXT --source KEY'. See 'tracker --help'.
[2]
$ deadline add cn-soy-2026 2026-12-31
tracker: No such command 'deadline'. Write 'tracker add deadline NEW-SLUG --concession cn-soy-2026 --kind KIND --due DATE --label TEXT --source KEY'. See 'tracker --help'.
[2]
$ add concession sorghum --by china
tracker: No such option: --by. Write --giver, as in 'tracker add concession SLUG --agreement SLUG --giver PARTY --receiver PARTY --title TEXT --sector TEXT --source KEY'. See 'tracker add concession --help'.
[2]
$ export calendar -o deadlines.ics
tracker: No such option: -o. Write 'tracker export FILE.jsonl' or 'tracker history -o FILE' or 'tracker deadlines -o FILE.ics'. See 'tracker export --help'.
[2]
$ publish --out ./site
tracker: No such option: --out. Write 'tracker publish FOLDER'. See 'tracker publish --help'.
[2]
$ check --strict
tracker: No such option: --strict. Write 'tracker check || COMMAND'. See 'tracker check --help'.
[2]
$ deadlines --days 14
tracker: No such option: --days. Write --within. See 'tracker deadlines --help'.
[2]
$ history --since '2 weeks ago' | ^as of
as of 2 Dec 2026 · ends 10 Jan 2027, 39 days (61 later than agreed)

# What is not a status is sent to the command that takes it
$ log soybeans 60%
tracker: '60%' is not a status. Only the last word is read as one; a note goes after -m, a day after --on, each in quotes, and a figure into 'tracker measure DEADLINE VALUE'. Known: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken
[2]
$ log soybeans late
tracker: 'late' does not say whether the promise can still be kept. Log 'partly' or 'stalled', or 'missed' if it is too late
[2]
$ log soybeans kept --on 2 days ago
tracker: 'ago' is not a status. Only the last word is read as one; a note goes after -m, a day after --on, each in quotes, and a figure into 'tracker measure DEADLINE VALUE'. Known: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken
[2]
$ log soybeans -m 'USDA counts 8.2 MMT'
tracker: Missing STATUS: kept, partly, started, promised, negotiating, stalled, missed, broken, overtaken. A text without one is a note: 'tracker note SLUG TEXT'. Write: tracker log CONCESSION... STATUS. See 'tracker log --help'.
[2]
$ gains --by us
tracker: 'us' is not a grouping. A party goes after --giver or --receiver. Known: receiver, giver, instrument, kind, sector, agreement, evidence
[2]
$ measure tiktok 5
tracker: 'tiktok-divestiture-delivery' has no unit yet. Name one after the value, such as MMT
[2]
$ week --color
tracker: No such option: --color. Write 'tracker help formats'. See 'tracker week --help'.
[2]

# A word of a title is answered with the title
$ log ByteDance partly --on 2026-11-09
tracker: No concession 'ByteDance' in this book. None of the 48 has a similar name; 'tracker status', 'tracker deadlines' and 'tracker sources' list what there is
[3]
$ log 'rare-earth technology' started
#495 cn-ree-equipment: started, 2 Dec 2026
'rare-earth technology' is in the title of cn-ree-equipment: Address US concerns over sales of rare-earth technology
cn-ree-equipment: promised → started
$ log divestiture partly --on 2026-11-10
#496 tiktok-divestiture: partly, 10 Nov 2026
tiktok-divestiture: kept → partly

# A text is looked for in the journal: in notes, titles, slugs and sources
$ search Nvidia --since 2026-06-01
tracker: No such command 'search'. Write 'tracker history --find Nvidia --since 2026-06-01'. See 'tracker --help'.
[2]
$ history --find nvidia --since 2026-06-01 {entry}
454
455
$ history --find 'digitimes' --since 2026-06-01 {entry}
452
453
454
$ history --find NEXPERIA --until 2026-01-31 {entry concession}
221 cn-nexperia-resume
238 cn-nexperia-resume
245 cn-nexperia-resume
266 cn-nexperia-resume
267 –
$ history --find 'no such words' {entry}
(nothing)

# What a remedy names is called as its command calls it, and has all that it needs
$ due --days 30
tracker: No such command 'due'. Write 'tracker deadlines --within 30'. See 'tracker --help'.
[2]
$ export -f csv
tracker: No such option: -f. Write 'tracker export FILE.jsonl' or 'tracker history -f FORMAT'. See 'tracker export --help'.
[2]
$ export all.json
tracker: Invalid value: name a file such as book.jsonl, or add --toml for one agreement; -o writes a report: 'tracker history -o FILE.json'. See 'tracker export --help'.
[2]
$ undo 25
tracker: 'undo' does not take '25'. Write 'tracker retract 25 -m REASON' or 'tracker show 25'. See 'tracker undo --help'.
[2]
$ month
tracker: No such command 'month'. Write 'tracker week "this month"'. See 'tracker --help'.
[2]
$ calendar -o deadlines.ics
tracker: No such command 'calendar'. Write 'tracker deadlines -f ics -o deadlines.ics'. See 'tracker --help'.
[2]
$ deadline cn-poultry 2026-12-31
tracker: No such command 'deadline'. Write 'tracker deadlines' or 'tracker move cn-poultry 2026-12-31' or 'tracker add deadline NEW-SLUG --concession cn-poultry --kind KIND --due DATE --label TEXT --source KEY'. See 'tracker --help'.
[2]
$ add deadline cn-poultry 2026-12-31
tracker: 'deadline' does not take '2026-12-31'. Write 'tracker add deadline NEW-SLUG --concession SLUG --kind KIND --due DATE --label TEXT --source KEY'. See 'tracker add deadline --help'.
[2]
$ add party eu 'European Union'
tracker: 'party' does not take 'European Union'. Write 'tracker add party SLUG --name TEXT --short TEXT'. See 'tracker add party --help'.
[2]
$ add concession sorghum --from china --to us
tracker: No such option: --from. Write --giver, as in 'tracker add concession SLUG --agreement SLUG --giver PARTY --receiver PARTY --title TEXT --sector TEXT --source KEY'. See 'tracker add concession --help'.
[2]
$ rename cn-poultry poultry
tracker: No such command 'rename'. Write 'tracker change cn-poultry --title TEXT -m REASON' (a slug stays as it is). See 'tracker --help'.
[2]
$ measure cn-soy-2026 14.2 --says china
tracker: No such option: --says. Write --by. See 'tracker measure --help'.
[2]
$ log us-301-exclusions extended --until 2027-11-09
tracker: No such option: --until. Write 'tracker move DEADLINE DATE'. See 'tracker log --help'.
[2]
$ log us-301-exclusions expired
tracker: 'expired' does not say how the promise ended. Once its term is over, log 'kept', 'partly' or 'missed'
[2]
$ note 'Greer says that deputies will talk'
tracker: Invalid value: give a SLUG and, once, the TEXT: as an argument or after -m. See 'tracker note --help'.
[2]
$ week -o week.pdf
tracker: Cannot write 'week.pdf': '.pdf' is not a known format. End the name in .txt, .md, .csv, .tsv, .json, .html, .htm, .xlsx or .ics, or choose a format with -f. Word opens .html; a browser prints it as PDF
[2]
$ gains --known-by 2020-01-01 | nothing by
tracker: This book held nothing by '2020-01-01': it was made later. For what was public by a day, write --as-of DAY
[3]

# A text after -m is the reason of an amendment, which its receipt says where the note stays
$ log cn-poultry kept -m 'All states' --on 2026-11-20
$ amend LAST --status partly -m 'Only three states'
#496 cn-poultry: retracts #495 (kept, 20 Nov 2026), 2 Dec 2026
#497 cn-poultry: partly, 20 Nov 2026
-m is the reason of an amendment; --note TEXT changes its note
cn-poultry: kept → partly
$ amend LAST -m 'Only two'
tracker: Nothing to amend in entry 497; -m is only the reason. Name the correction; a status takes --status, --says, --inferred, --on, --public, --source, --note
[2]

# A count that is not the target's says what would have made it one
$ measure cn-soy-2026 14.2 --on 2026-10-01
#495 cn-soy-2026-delivery: 14.2 MMT, analyst, 1 Oct 2026
Warning: cn-soy-2026-delivery: a new series, analyst other in MMT; so far: USDA sold in MMT, USDA without 2025 sold in MMT. For what its target counts, 'tracker undo' and add --by 'USDA' --basis sold
$ measure cn-soy-2026 14.2 --on 2026-10-02 --by USDA
#496 cn-soy-2026-delivery: 14.2 MMT, USDA, 2 Oct 2026
Warning: cn-soy-2026-delivery: a new series, USDA other in MMT; so far: USDA sold in MMT, USDA without 2025 sold in MMT, analyst other in MMT. For what its target counts, 'tracker undo' and add --basis sold

# A month or a quarter is the one of today, and a period is both its ends
$ quarter
tracker: No such command 'quarter'. Write 'tracker week "this quarter"'. See 'tracker --help'.
[2]
$ month last
tracker: No such command 'month'. Write 'tracker week "last month"'. See 'tracker --help'.
[2]
$ quarter this
tracker: No such command 'quarter'. Write 'tracker week "this quarter"'. See 'tracker --help'.
[2]
$ gains 2026-Q3
tracker: 'gains' does not take '2026-Q3'. Write 'tracker gains --since 2026-Q3 --as-of 2026-Q3'. See 'tracker gains --help'.
[2]
$ history 2026-Q3
tracker: No agreement, concession or deadline '2026-Q3' in this book. Write 'tracker history --since 2026-Q3 --until 2026-Q3'
[3]
$ status 2026-Q3
tracker: No concession '2026-Q3' in this book. Write --as-of 2026-Q3
[3]
$ diff --from 2026-07-01 --to 2026-09-30
tracker: No such option: --from. Write 'tracker diff FROM TO'. See 'tracker diff --help'.
[2]

# A word of a title that other promises are about as well names none of them
$ log rare-earths stalled
tracker: 'rare-earths' fits several: cn-ree-oct9-suspend, cn-general-licences, cn-ree-equipment. Write one of them
[3]
$ note 'rare earth' 'check with counsel'
tracker: 'rare earth' fits several: cn-ree-oct9-suspend, cn-general-licences, cn-ree-equipment. Write one of them
[3]
$ postpone rare-earths 2027-02-01
tracker: No such command 'postpone'. Write 'tracker move rare-earths 2027-02-01'. See 'tracker --help'.
[2]
$ move rare-earths 2027-02-01
tracker: No deadline 'rare-earths' in this book. None of the 28 has a similar name; 'tracker status', 'tracker deadlines' and 'tracker sources' list what there is
[3]

# What one means by a status has its own answer
$ log cn-soy-2026 delivered
tracker: 'delivered' does not say how much was delivered. Log 'kept' or 'partly', or run 'tracker measure DEADLINE VALUE'
[2]
$ log cn-soy-2026 suspended
tracker: 'suspended' may be what was promised, or what was done to the promise. Log 'kept' if it was promised, else 'stalled' or 'broken'
[2]
$ log cn-soy-2026 note -m 'Check with counsel'
tracker: 'note' is not a status. Run 'tracker note SLUG TEXT'
[2]
$ log cn-soy-2026 violated --by china
tracker: No such option: --by. Write --says PARTY (who says it; who gives is known). See 'tracker log --help'.
[2]
$ log cn-soy-2026 'struck down' --on 2026-11-20
#495 cn-soy-2026: overtaken, 20 Nov 2026
cn-soy-2026: partly → overtaken
cn-soy-2026-delivery: cancelled
$ log
tracker: Missing CONCESSION: A concession's slug, or several; 'tracker history' lists what was logged. Write: tracker log CONCESSION... STATUS. See 'tracker log --help'.
[2]
$ failed
tracker: No such command 'failed'. Write 'tracker status --status missed --status broken --status stalled'. See 'tracker --help'.
[2]
$ broken --by us
tracker: No such command 'broken'. Write 'tracker status --status broken --giver us' or 'tracker log us broken'. See 'tracker --help'.
[2]
$ list broken
tracker: No such command 'list'. Write 'tracker status broken'. See 'tracker --help'.
[2]
$ edit 290
tracker: No such command 'edit'. Write 'tracker amend 290 --note TEXT' or 'tracker change 290 --title TEXT -m REASON'. See 'tracker --help'.
[2]
$ comment cn-soy-2026 -m 'check with counsel'
tracker: No such command 'comment'. Write "tracker note cn-soy-2026 -m 'check with counsel'". See 'tracker --help'.
[2]

# A text is found with and without hyphens, and no file is taken for what it is not
$ history --find 'rare earth' --since 2026-08-01 {entry}
466
$ history --find RARE-EARTH --since 2026-08-01 {entry}
466
$ export calendar.ics
tracker: Invalid value: name a file such as book.jsonl, or add --toml for one agreement; -o writes a report: 'tracker deadlines -o FILE.ics'. See 'tracker export --help'.
[2]
$ week -f mail -o week.eml
tracker: Cannot write 'week.eml': '.eml' is not a known format. End the name in .txt, .md, .csv, .tsv, .json, .html, .htm, .xlsx or .ics, or choose a format with -f. Word opens .html; a browser prints it as PDF
[2]
