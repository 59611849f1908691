"""What a server, or the driver, says; the settings of a session: no server needed."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors as said
from syrupy.assertion import SnapshotAssertion

from tests.refusals import raises
from tracker.database import Target
from tracker.database.postgresql import _settings, reason_of, refusal
from tracker.errors import TrackerError

TARGET = Target.parse("postgresql://wang:s3cret@db.example.org/truce")
AT = 'connection failed: connection to server at "10.0.0.7", port 5432 failed: '
CODES = """\
40001 kann Zugriff nicht serialisieren
57014 storniere Anfrage wegen Benutzeraufforderung
57P01 breche Verbindung ab aufgrund von Anweisung des Administrators
57P02 breche Verbindung ab wegen Absturz eines anderen Serverprozesses
57P03 das Datenbanksystem startet
57P05 Verbindung wird abgebrochen
25P03 Transaktion wird abgebrochen
25P04 Transaktion hat zu lange gedauert
55P03 canceling statement due to lock timeout
40P01 deadlock detected
25006 cannot execute INSERT in a read-only transaction
42P01 relation "entry" does not exist
42883 function take_turn() does not exist
42501 permission denied for function take_turn
42501 permission denied for table alembic_version
3F000 no schema has been selected to create in
53100 could not extend file "base/5/2619": No space left on device
58030 could not read block 7 in file "base/5/2619": Input/output error
08006 server closed the connection unexpectedly
53300 sorry, too many clients already
23514 new row for relation "entry" violates check constraint "entry_kind"
22012 division by zero
42601 syntax error at or near "SELEC"
"""
"""Codes of errors, with what servers say, some of them in German."""
CONNECTING = f"""\
{AT}Connection refused
{AT}FATAL:  the database system is shutting down
{AT}FATAL:  too many connections for role "wang"
{AT}FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute
{AT}FATAL:  the server is not yet accepting connections
{AT}FATAL:  the server is in recovery mode
terminating connection due to administrator command
{AT}FATAL:  permission denied for database "truce"
{AT}FATAL:  password authentication failed for user "wang"
{AT}FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "wang", database "truce"
{AT}FATAL:  user "wang" is not permitted to log in
{AT}FATAL:  Peer authentication failed for user "wang"
{AT}FATAL:  role "wang" does not exist
{AT}FATAL:  database "truce" does not exist.
connection failed: error: could not translate host name "db.example.org" to address
server closed the connection unexpectedly
\tThis probably means the server terminated abnormally
"""
"""What the driver says if it cannot connect: on its first line, or on that of the last host."""
HOSTS = f"""\
{AT}Connection refused
Multiple connection attempts failed. All failures were:
- host: 'one', port: 5432: {AT}Connection refused
- host: 'two', port: 5432: {AT}FATAL:  role "wang" does not exist
"""


def with_code(code: str, words: str) -> psycopg.Error:
    try:
        error = said.lookup(code)(words)
    except KeyError:  # the driver is older than the code
        error = psycopg.OperationalError(words)
    error.sqlstate = code
    return error


def refused() -> Iterator[tuple[str, TrackerError | None]]:
    for line in CODES.splitlines():
        code, words = line.split(" ", 1)
        yield line, refusal(with_code(code, words), TARGET)
    for line in [*CONNECTING.splitlines(), HOSTS, "", " \n "]:
        yield line, refusal(psycopg.OperationalError(line), TARGET)


def test_what_a_server_says_is_told_with_what_would_help(snapshot: SnapshotAssertion) -> None:
    told = (f"{line}\n  {type(error).__name__}: {error}" for line, error in refused())

    assert "\n".join(told) == snapshot


def test_the_reason_is_the_first_line_or_that_of_the_last_host() -> None:
    assert reason_of(psycopg.Error("\n  broken.  \nDETAIL: unknown")) == "broken"
    assert reason_of(psycopg.Error(HOSTS)) == 'role "wang" does not exist'


OURS = {
    "fallback_application_name": "tracker",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
    "client_encoding": "utf8",
}


@pytest.mark.parametrize(
    ("address", "environment", "settings"),
    [
        ("postgresql://db/truce", "", {"connect_timeout": 10, "host": "db", "dbname": "truce"}),
        ("postgresql:///?connect_timeout=3", "", {"connect_timeout": "3"}),
        ("postgresql:///?service=desk", "", {"service": "desk"}),
        ("postgresql:///", "PGSERVICE", {}),
        ("postgresql:///", "PGCONNECT_TIMEOUT", {}),
        ("postgresql:///", "PGUSER", {"connect_timeout": 10}),
        ("postgresql:///?keepalives_idle=5&application_name=desk&client_encoding=latin1", "",
         {"connect_timeout": 10, "keepalives_idle": "5", "application_name": "desk"}),
    ],
)  # fmt: skip
def test_a_session_has_our_settings_unless_somebody_set_them(
    monkeypatch: pytest.MonkeyPatch, address: str, environment: str, settings: dict[str, object]
) -> None:
    if environment:
        monkeypatch.setenv(environment, "desk")

    assert _settings(Target.parse(address)) == OURS | settings


def test_an_address_that_the_driver_cannot_read_is_not_quoted() -> None:
    with raises("unreadable address"):
        _settings(Target("postgresql", "postgresql://db:s3cret%/x?sslmode"))
