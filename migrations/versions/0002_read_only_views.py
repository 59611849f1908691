"""Views for Datasette, pandas and BI tools: where all stands as of today, UTC, as known now."""

from collections import namedtuple

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

VIEWS = ("deadline_current", "pace", "current_status", "gains")


def upgrade():
    dialect = DIALECTS[op.get_context().dialect.name]
    for view in VIEWS:
        op.execute(f"CREATE VIEW {view} AS {globals()[view](dialect)}")


def downgrade():
    for view in reversed(VIEWS):
        op.execute(f"DROP VIEW {view}")


# --- what the databases say differently -------------------------------------------------------
# SQLite keeps quantities as exact text: they are cast for percentages and derived figures only,
# and added up to 15 digits where a series has flows.

Dialect = namedtuple("Dialect", "today days number rounded added bytewise")

DIALECTS = {
    "sqlite": Dialect(
        today="date('now')",
        days=lambda late, early: f"CAST(julianday({late}) - julianday({early}) AS INTEGER)",
        number=lambda text: f"CAST({text} AS REAL)",
        # Binary fractions lie a hair beside the decimal half that is to be rounded up.
        rounded=lambda x, digits: f"ROUND({x} + 1e-{digits + 6} * SIGN({x}), {digits})",
        added="CASE WHEN COUNT(*) = 1 THEN MAX(value) ELSE printf('%.*f', MAX(CASE WHEN"
        " instr(value, '.') > 0 THEN length(value) - instr(value, '.') ELSE 0 END),"
        " SUM(CAST(value AS REAL))) END",
        bytewise="",
    ),
    "postgresql": Dialect(
        today="CAST(now() AT TIME ZONE 'UTC' AS DATE)",
        days=lambda late, early: f"({late} - {early})",
        number=lambda value: value,
        rounded=lambda x, digits: f"ROUND({x}, {digits})",
        added="SUM(value)",
        bytewise=' COLLATE "C"',
    ),
}


def stands(dialect, entry):
    """Say that an entry counts today."""
    return f"""{entry}.effective_on <= {dialect.today} AND NOT EXISTS (
        SELECT 1 FROM retracted AS r WHERE r.entry_id = {entry}.id AND r.until_at IS NULL
    )"""


def latest(dialect, filled):
    return f"""(
            SELECT m.id FROM entry AS m
            WHERE m.deadline_id = d.id AND m.kind = 'deadline' AND m.{filled} IS NOT NULL
                AND {stands(dialect, "m")}
            ORDER BY m.effective_on DESC, m.id DESC LIMIT 1
        )"""


def against(dialect, due_on):
    return f"""CASE
            WHEN outcome IS NULL AND {dialect.today} <= {due_on} THEN 'open'
            WHEN outcome IS NULL THEN 'overdue'
            WHEN outcome = 'met' AND outcome_on > {due_on} THEN 'missed'
            ELSE outcome
        END"""


def placed(dialect):
    return f"""placed AS (
        SELECT
            d.slug AS deadline, d.label, d.kind, a.slug AS agreement, c.slug AS concession,
            d.opens_on, d.due_on AS original_due_on,
            d.due_on_precision AS original_due_on_precision,
            COALESCE(m.due_on, d.due_on) AS due_on,
            COALESCE(m.due_on_precision, d.due_on_precision) AS due_on_precision,
            o.outcome, o.effective_on AS outcome_on,
            COALESCE(t.value, d.target) AS target, COALESCE(t.unit, d.unit) AS unit
        FROM deadline AS d
        JOIN agreement AS a ON a.id = d.agreement_id
        LEFT JOIN concession AS c ON c.id = d.concession_id
        LEFT JOIN entry AS m ON m.id = {latest(dialect, "due_on")}
        LEFT JOIN entry AS t ON t.id = {latest(dialect, "value")}
        LEFT JOIN entry AS o ON o.id = {latest(dialect, "outcome")}
    )"""


def deadline_current(dialect):
    return f"""
    WITH {placed(dialect)}
    SELECT
        deadline, label, kind, agreement, concession, opens_on,
        original_due_on, original_due_on_precision, due_on, due_on_precision,
        {dialect.days("due_on", "original_due_on")} AS slip_days,
        {dialect.days("due_on", dialect.today)} AS days_left,
        CASE
            WHEN outcome IS NULL AND {dialect.today} > original_due_on
                AND due_on > original_due_on THEN 'missed'
            ELSE {against(dialect, "original_due_on")}
        END AS verdict_original,
        {against(dialect, "due_on")} AS verdict,
        outcome_on, target, unit
    FROM placed
    """


SERIES = "deadline_id, basis, counted_by"


def series(dialect):
    """Of each series its latest total and the flows of later days, added up."""
    return f"""live AS (
        SELECT e.id, e.deadline_id, e.basis, e.counted_by, e.value, e.unit, e.flow, e.effective_on,
            ROW_NUMBER() OVER (PARTITION BY e.deadline_id, e.basis, e.counted_by, e.flow
                ORDER BY e.effective_on DESC, e.id DESC) AS place
        FROM entry AS e
        WHERE e.kind = 'reading' AND {stands(dialect, "e")}
    ),
    counted AS (
        SELECT l.*,
            ROW_NUMBER() OVER (PARTITION BY l.deadline_id, l.basis, l.counted_by
                ORDER BY l.effective_on DESC, l.id DESC) AS latest
        FROM live AS l
        LEFT JOIN live AS t ON t.deadline_id = l.deadline_id AND t.basis = l.basis
            AND t.counted_by = l.counted_by AND NOT t.flow AND t.place = 1
        WHERE l.id = t.id OR (l.flow AND (t.id IS NULL OR l.effective_on > t.effective_on))
    ),
    series AS (
        SELECT {SERIES}, {dialect.added} AS delivered, MAX(effective_on) AS data_through,
            MAX(CASE WHEN latest = 1 THEN unit END) AS unit
        FROM counted
        GROUP BY {SERIES}
    )"""


def percent(dialect, part, whole):
    return dialect.rounded(f"(100 * {part} / NULLIF({whole}, 0))", 1)


def due_by(dialect, day):
    """Spread the target evenly over its window, both ends counted."""
    window = f"({dialect.days('due_on', 'opens_on')} + 1)"
    elapsed = f"({dialect.days(day, 'opens_on')} + 1)"
    held = f"CASE WHEN {elapsed} < 0 THEN 0 WHEN {elapsed} > {window} THEN {window}"
    share = f"({dialect.number('target')} * ({held} ELSE {elapsed} END) / {window})"
    return dialect.rounded(share, 3)


def weighed(dialect):
    target, delivered = dialect.number("target"), dialect.number("delivered")
    left = f"{target} - {delivered}"
    return f"""measured AS (
        SELECT n.deadline, n.concession, n.target, n.opens_on, n.due_on, n.days_left,
            s.counted_by, s.basis, s.delivered, COALESCE(s.unit, n.unit) AS unit, s.data_through
        FROM deadline_current AS n
        JOIN deadline AS d ON d.slug = n.deadline
        LEFT JOIN series AS s ON s.deadline_id = d.id
        WHERE n.kind = 'delivery' AND (n.target IS NOT NULL OR s.deadline_id IS NOT NULL)
    ),
    weighed AS (
        SELECT deadline, concession, counted_by, basis, delivered, unit, target, days_left,
            {percent(dialect, delivered, target)} AS percent_of_target,
            {due_by(dialect, "data_through")} AS due_by_then,
            {due_by(dialect, dialect.today)} AS due_now,
            CASE
                WHEN {target} * ({left}) > 0 THEN {dialect.rounded(f"({left})", 9)}
                WHEN target IS NOT NULL AND delivered IS NOT NULL THEN 0 END AS missing,
            data_through
        FROM measured
    )"""


def pace(dialect):
    percent_of_due = percent(dialect, dialect.number("delivered"), "due_by_then")
    return f"""
    WITH {series(dialect)},
    {weighed(dialect)}
    SELECT
        deadline, concession, counted_by, basis, delivered, unit, target, percent_of_target,
        due_by_then, {percent_of_due} AS percent_of_due,
        due_now, missing AS "left",
        CASE WHEN missing = 0 THEN 0
            WHEN days_left > 0 THEN {dialect.rounded("(missing * 7 / days_left)", 3)}
            END AS needed_per_week,
        data_through
    FROM weighed
    """


def nearest(dialect, preferred=""):
    """Order deadlines as a concession faces them: the next one ahead, else the last overdue."""
    return f"""
        CASE WHEN n.days_left >= 0 THEN 0 ELSE 1 END, ABS(n.days_left), {preferred}
        CASE WHEN n.days_left >= 0 THEN n.deadline{dialect.bytewise} END,
        CASE WHEN n.days_left < 0 THEN n.deadline{dialect.bytewise} END DESC"""


def said(dialect):
    """What each side and the keeper last said of a concession that has a place today."""
    return f"""mark AS (
        SELECT e.id, e.concession_id, e.says_id, e.stage, e.effective_on,
            ROW_NUMBER() OVER (PARTITION BY e.concession_id, e.says_id
                ORDER BY e.effective_on DESC, e.id DESC) AS place
        FROM entry AS e
        WHERE e.kind = 'stage' AND {stands(dialect, "e")}
    ),
    said AS (
        SELECT
            c.id, c.slug, c.title, a.slug AS agreement, a.agreed_on, g.slug AS giver,
            r.slug AS receiver, c.sector, c.kind, c.instrument, c.agreement_id,
            v.stage AS verdict, v.effective_on AS verdict_on,
            p.stage AS giver_says, p.effective_on AS giver_on,
            q.stage AS receiver_says, q.effective_on AS receiver_on,
            q.id IS NULL OR p.effective_on > q.effective_on
                OR (p.effective_on = q.effective_on AND p.id > q.id) AS giver_is_latest
        FROM concession AS c
        JOIN agreement AS a ON a.id = c.agreement_id
        JOIN party AS g ON g.id = c.giver_id JOIN party AS r ON r.id = c.receiver_id
        LEFT JOIN mark AS v ON v.concession_id = c.id AND v.place = 1 AND v.says_id IS NULL
        LEFT JOIN mark AS p ON p.concession_id = c.id AND p.place = 1 AND p.says_id = c.giver_id
        LEFT JOIN mark AS q ON q.concession_id = c.id AND q.place = 1 AND q.says_id = c.receiver_id
        WHERE a.agreed_on <= {dialect.today}
            OR EXISTS (SELECT 1 FROM mark AS m WHERE m.concession_id = c.id)
    )"""


DECIDED = """decided AS (
        SELECT s.*,
            CASE WHEN verdict IS NOT NULL THEN verdict
                WHEN giver_says = receiver_says THEN giver_says
                WHEN instrument = 'proposal' THEN 'negotiating' ELSE 'announced' END AS stage,
            CASE WHEN verdict IS NOT NULL THEN verdict_on
                WHEN giver_says = receiver_says AND giver_on > receiver_on THEN giver_on
                WHEN giver_says = receiver_says THEN receiver_on ELSE agreed_on END AS stage_on,
            CASE WHEN verdict IS NOT NULL THEN 'verdict'
                WHEN giver_says = receiver_says THEN 'both' ELSE 'declared' END AS stage_from
        FROM said AS s
    )"""


def faced(dialect):
    """The deadline that each concession faces next, its target, and the span of its counts."""
    return f"""ahead AS (
        SELECT c.slug, n.deadline, n.due_on,
            ROW_NUMBER() OVER (PARTITION BY c.slug
                ORDER BY CASE WHEN n.concession IS NULL THEN 1 ELSE 0 END,
                {nearest(dialect)}) AS place
        FROM concession AS c
        JOIN agreement AS a ON a.id = c.agreement_id
        JOIN deadline_current AS n ON n.outcome_on IS NULL AND (
            n.concession = c.slug
            OR (n.concession IS NULL AND n.agreement = a.slug AND n.kind = 'expiry')
        )
    ),
    band AS (
        SELECT deadline, MIN(percent_of_target) AS low, MAX(percent_of_target) AS high
        FROM pace GROUP BY deadline
    ),
    targeted AS (
        SELECT n.concession, n.deadline, n.unit, n.target,
            ROW_NUMBER() OVER (PARTITION BY n.concession
                ORDER BY CASE WHEN n.outcome_on IS NULL THEN 0 ELSE 1 END,
                {nearest(dialect, "CASE WHEN b.deadline IS NULL THEN 1 ELSE 0 END,")}) AS place
        FROM deadline_current AS n
        LEFT JOIN band AS b ON b.deadline = n.deadline AND b.low IS NOT NULL
        WHERE n.concession IS NOT NULL AND n.target IS NOT NULL
    )"""


PLACE = """d.slug AS concession, d.title, d.agreement, d.giver, d.receiver, d.sector, d.kind,
        d.stage, d.stage_on, d.stage_from,
        CASE WHEN d.stage IN ('negotiating', 'announced') THEN 'promised'
            WHEN d.stage = 'started' THEN 'under way' WHEN d.stage = 'partial' THEN 'in part'
            WHEN d.stage = 'met' THEN 'gained' WHEN d.stage = 'stalled' THEN 'in doubt'
            WHEN d.stage IN ('missed', 'reversed') THEN 'lost' ELSE 'ended' END AS bucket,"""

CLAIMS = """CASE
            WHEN giver_says IS NULL AND receiver_says IS NULL THEN NULL
            WHEN giver_is_latest THEN d.giver
            ELSE d.receiver
        END AS latest_claim_party,
        CASE WHEN giver_is_latest THEN giver_says ELSE receiver_says END AS latest_claim_stage,
        CASE WHEN giver_is_latest THEN giver_on ELSE receiver_on END AS latest_claim_on,
        CASE WHEN giver_says = receiver_says THEN 'agreed'
            WHEN giver_says <> receiver_says THEN 'contested'
            WHEN giver_says IS NULL AND receiver_says IS NULL THEN 'unclaimed' ELSE 'one-sided'
            END AS standing,"""


def words(dialect):
    return f"""(
            SELECT MAX(e.effective_on) FROM entry AS e
            WHERE e.concession_id = d.id AND e.kind NOT IN ('check', 'retraction')
                AND {stands(dialect, "e")}
        ) AS last_word_on,
        (
            SELECT MAX(e.effective_on) FROM entry AS e
            WHERE e.kind = 'check' AND e.agreement_id = d.agreement_id
                AND (e.concession_id = d.id OR (e.concession_id IS NULL AND e.deadline_id IS NULL))
                AND {stands(dialect, "e")}
        ) AS last_checked_on"""


def current_status(dialect):
    return f"""
    WITH {said(dialect)},
    {DECIDED},
    {faced(dialect)}
    SELECT
        {PLACE}
        {CLAIMS}
        t.unit AS delivered_unit, t.target AS delivered_target,
        b.low AS delivered_percent_low, b.high AS delivered_percent_high,
        n.deadline AS next_deadline, n.due_on AS next_deadline_due_on,
        {words(dialect)}
    FROM decided AS d
    LEFT JOIN ahead AS n ON n.slug = d.slug AND n.place = 1
        AND d.stage NOT IN ('missed', 'reversed', 'lapsed', 'moot')
    LEFT JOIN targeted AS t ON t.concession = d.slug AND t.place = 1
    LEFT JOIN band AS b ON b.deadline = t.deadline
    """


BUCKETS = ("gained", "in part", "under way", "promised", "in doubt", "lost", "ended")


def gains(_dialect):
    counts = ", ".join(
        f"SUM(CASE WHEN s.receiver = p.slug AND s.bucket = '{bucket}' THEN 1 ELSE 0 END)"
        f" AS {bucket.replace(' ', '_')}"
        for bucket in BUCKETS
    )
    return f"""
    SELECT p.slug AS party, {counts}
    FROM party AS p
    JOIN current_status AS s ON p.slug IN (s.giver, s.receiver)
    GROUP BY p.id, p.slug
    """
