"""The differences from the frozen answers that are wanted, each with its reason."""

from tests.oracle.comparing import Named

NAMED = [
    Named("`week last` is the week before today's, whoever kept the book up", "week last", "", 7),
    Named(
        "`init` names the latest week with news", "init", "^[-+] Next: tracker --db .* week ", 18
    ),
    Named(
        "Copies say the same in whichever order they meet: an import brings in what a copy holds,"
        " and what follows has other numbers",
        "",
        "",
        153,
        books="copies-",
    ),
]
