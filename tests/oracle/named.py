"""The differences from the frozen answers that are wanted, each with the rule that made it."""

from tests.oracle.comparing import Named

ANSWERS = "status|show|deadlines|claims|pace|diff|history|sources|as"
STATUSES = (
    r"(^|[.\[ ])(stage|state|status|over_because)|because|(stage|status|state)_\w+|^[-+] .*\b(kept|"
    r"in force|partly|started|promised|negotiating|stalled|unknown|missed|broken|overtaken|met|"
    r"in part|under way|in doubt|lost|over|announced|partial|moot|lapsed|reversed)\b"
)
FIGURES = (
    r"delivered|figure|awaits_verdict|bands|range|in_band|by_(first_)?due|percent|needed_per_week|"
    r"data_through|public_on|reached_on|over_(by|since)|\.(due_by_then|due_now|left|unit|early)|"
    r"^[-+] .*(%|no data|depending on|range|above|within|by its day)"
)
SETTLED = r"verdict|outcome|late_days|overdue|^[-+] .*(met|missed|late|after the first day)"
DAYS = (
    r"due_on|moves|said|slip_days|announced|days_left|opens_on|\bends|loses|term_ends_on|"
    r"next_deadline|target|base\b|bound|^[-+] .*(due|moved|says|say )"
)
ROWS = (
    r"(concession|deadline|label|title|agreement|kind|basis|days)\b|"
    r"\[\] (left out|added|in another)"
)
NAMED = [
    Named("`week last` is the week before today's, whoever kept the book up", "week last", "", 10),
    Named("The JSON contract is schema 4", "", r"^schema: ", 2258),
    Named("One list of statuses, typed and printed, and terms", ANSWERS, STATUSES, 859),
    Named("One figure for a target or a limit, never a band", ANSWERS, FIGURES, 556),
    Named("One settlement of a delivery, and one lateness", ANSWERS, SETTLED, 734),
    Named("Days and targets move whole, and nobody moves them alone", ANSWERS, DAYS, 195),
    Named("A week has the same blocks in every format", "week", "", 475),
    Named("`gains` on its side, and by anything", "gains", "", 229),
    Named("`reliability` is `gains --by giver`", "reliability", "", 168),
    Named("The calendar is `deadlines -f ics`", "calendar", "", 48),
    Named("`check` finds what these rules leave open", "check", "", 183),
    Named("What differs is listed as it is reported", "diff", "", 129),
    Named(
        "What a command is refused for, or says that it did, follows from these rules",
        "(log|measure|amend|close|move|retract|undo|change|apply|add|checked|source|note|import)",
        "",
        403,
    ),
    Named(
        "What these refuse is not recorded, and what follows has other numbers",
        "export|as planned",
        "",
        84,
    ),
    Named(
        "A row more or less of these is compared with another one",
        ANSWERS,
        ROWS,
        502,
    ),
    Named(
        "`init` names the latest week with news", "init", r"^[-+] Next: tracker --db .* week ", 18
    ),
    Named(
        "Copies say the same in whichever order they meet: an import brings in what a copy holds,"
        " and what follows has other numbers",
        "",
        "",
        1549,
        books="copies-",
    ),
    Named(
        "What is inferred, unread, and who counts is stored",
        "",
        r"\.(inferred|read|counted_by|basis) is new",
        1061,
    ),
]
