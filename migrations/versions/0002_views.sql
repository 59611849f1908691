-- The views of revision 0002. {joined} and {start} are what the two databases call differently.
-- In a book that holds imports, the numbers of entries do not give the order of recording.

CREATE VIEW recorded AS
/* Every entry with its place in the order of recording, in whichever book that was. */
SELECT e.id AS entry_id, e.subject_id AS thing_id, e.kind,
    COALESCE(b.origin_at, b.recorded_at) AS moment, COALESCE(e.origin, e.id) AS number, e.key
FROM entry AS e
JOIN batch AS b ON b.id = e.batch;

CREATE VIEW in_force AS
/* The latest declaration of each thing, and the latest text of each source, that counts. */
SELECT v.thing_id, v.entry_id
FROM recorded AS v
WHERE (v.kind = 'declaration' OR v.kind = 'text')
    AND NOT EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = v.entry_id)
    AND NOT EXISTS (
        SELECT 1 FROM recorded AS n
        WHERE n.thing_id = v.thing_id AND n.kind = v.kind
            AND (n.moment, n.number, n.key, n.entry_id) > (v.moment, v.number, v.key, v.entry_id)
            AND NOT EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = n.entry_id));

CREATE VIEW journal AS
/* The journal with names instead of numbers. The versions in force when an entry was recorded show
   what it is about. Of the journal's code (stage) the status is the word as it was logged; lapsed, a
   word of 0.3, is kept or partly if that was the last word before it, else missed. */
SELECT
    e.id AS entry, e.kind, t.slug AS subject, a.slug AS agreement, c.slug AS concession,
    CASE WHEN (e.concession_id IS NULL OR e.concession_id <> e.subject_id) AND EXISTS (
        SELECT 1 FROM deadline AS w JOIN recorded AS n ON n.entry_id = w.entry_id
        WHERE w.thing_id = e.subject_id
            AND (n.moment, n.number, n.key, n.entry_id) <= (v.moment, v.number, v.key, e.id))
        THEN t.slug END AS deadline,
    e.effective_on, e.effective_on_precision, e.public_on, b.recorded_at, b.author,
    p.slug AS says, e.stage, e.value, e.base, e.unit, e.counted_by, e.basis, e.flow,
    e.due_on, e.due_on_precision, e.outcome, s.slug AS source, e.note, e.headline,
    e.refers_to, e.batch, b.command, e.origin,
    (SELECT MIN(r.from_id) FROM retracted AS r WHERE r.entry_id = e.id) AS retracted_by,
    e.subject_id, e.concession_id, e.inferred, b.role,
    CASE e.stage
        WHEN 'announced' THEN 'promised' WHEN 'partial' THEN 'partly' WHEN 'met' THEN 'kept'
        WHEN 'reversed' THEN 'broken' WHEN 'moot' THEN 'overtaken'
        WHEN 'lapsed' THEN COALESCE((
            SELECT CASE w.stage WHEN 'met' THEN 'kept' WHEN 'partial' THEN 'partly' END
            FROM entry AS w JOIN recorded AS n ON n.entry_id = w.id
            WHERE w.subject_id = e.subject_id AND w.kind = 'stage' AND w.stage <> 'lapsed'
                AND w.effective_on <= e.effective_on
                AND NOT EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = w.id)
            ORDER BY w.says_id IS NOT NULL, w.effective_on DESC,
                n.moment DESC, n.number DESC, n.key DESC, n.entry_id DESC LIMIT 1), 'missed')
        ELSE e.stage END AS status
FROM entry AS e
JOIN batch AS b ON b.id = e.batch
JOIN recorded AS v ON v.entry_id = e.id
JOIN thing AS t ON t.id = e.subject_id
LEFT JOIN thing AS c ON c.id = e.concession_id
LEFT JOIN thing AS p ON p.id = e.says_id
LEFT JOIN entry_source AS f ON f.entry_id = e.id AND f.place = 1
LEFT JOIN thing AS s ON s.id = f.source_id
LEFT JOIN thing AS a ON a.id = COALESCE((
    SELECT w.agreement_id FROM concession AS w JOIN recorded AS n ON n.entry_id = w.entry_id
    WHERE w.thing_id = e.concession_id
        AND (n.moment, n.number, n.key, n.entry_id) <= (v.moment, v.number, v.key, e.id)
    ORDER BY n.moment DESC, n.number DESC, n.key DESC, n.entry_id DESC LIMIT 1), (
    SELECT w.agreement_id FROM deadline AS w JOIN recorded AS n ON n.entry_id = w.entry_id
    WHERE w.thing_id = e.subject_id
        AND (n.moment, n.number, n.key, n.entry_id) <= (v.moment, v.number, v.key, e.id)
    ORDER BY n.moment DESC, n.number DESC, n.key DESC, n.entry_id DESC LIMIT 1),
    (SELECT MAX(w.thing_id) FROM agreement AS w WHERE w.thing_id = e.subject_id));

CREATE VIEW reading AS
/* The readings that count, whatever their day. */
SELECT e.id AS entry, t.slug AS deadline, c.slug AS concession, a.slug AS agreement,
    e.effective_on, e.value, e.unit, e.counted_by, e.basis, e.flow, s.slug AS source, e.note,
    b.recorded_at, b.author
FROM entry AS e
JOIN batch AS b ON b.id = e.batch
JOIN recorded AS v ON v.entry_id = e.id
JOIN thing AS t ON t.id = e.subject_id
LEFT JOIN thing AS c ON c.id = e.concession_id
LEFT JOIN entry_source AS f ON f.entry_id = e.id AND f.place = 1
LEFT JOIN thing AS s ON s.id = f.source_id
LEFT JOIN thing AS a ON a.id = COALESCE((
    SELECT w.agreement_id FROM concession AS w JOIN recorded AS n ON n.entry_id = w.entry_id
    WHERE w.thing_id = e.concession_id
        AND (n.moment, n.number, n.key, n.entry_id) <= (v.moment, v.number, v.key, e.id)
    ORDER BY n.moment DESC, n.number DESC, n.key DESC, n.entry_id DESC LIMIT 1), (
    SELECT w.agreement_id FROM deadline AS w JOIN recorded AS n ON n.entry_id = w.entry_id
    WHERE w.thing_id = e.subject_id
        AND (n.moment, n.number, n.key, n.entry_id) <= (v.moment, v.number, v.key, e.id)
    ORDER BY n.moment DESC, n.number DESC, n.key DESC, n.entry_id DESC LIMIT 1))
WHERE e.kind = 'reading' AND NOT EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = e.id);

CREATE VIEW declared AS
/* Every version of every declaration, and whether it is in force. */
SELECT
    v.entry_id AS entry, v.what, t.slug, v.title, x.effective_on AS declared_on,
    b.author, x.note AS reason,
    (SELECT MIN(r.from_id) FROM retracted AS r WHERE r.entry_id = v.entry_id) AS retracted_by,
    EXISTS (SELECT 1 FROM in_force AS f WHERE f.entry_id = v.entry_id) AS in_force
FROM (
    SELECT 'party' AS what, entry_id, thing_id, name AS title FROM party
    UNION ALL SELECT 'source', entry_id, thing_id, title FROM source
    UNION ALL SELECT 'agreement', entry_id, thing_id, title FROM agreement
    UNION ALL SELECT 'concession', entry_id, thing_id, title FROM concession
    UNION ALL SELECT 'deadline', entry_id, thing_id, label FROM deadline
) AS v
JOIN thing AS t ON t.id = v.thing_id
JOIN entry AS x ON x.id = v.entry_id
JOIN batch AS b ON b.id = x.batch;

CREATE VIEW promise AS
/* Every concession in force, as declared. Statuses are not here, because they depend on the day on
   which one asks and on what both sides say: ask a report, or 'tracker export --tables'. */
SELECT t.slug AS concession, a.slug AS agreement,
    (SELECT {joined}(p.slug, ', ') OVER (ORDER BY x.place
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        FROM concession_party AS x JOIN thing AS p ON p.id = x.party_id
        WHERE x.entry_id = c.entry_id AND x.role = 'giver' LIMIT 1) AS givers,
    (SELECT {joined}(p.slug, ', ') OVER (ORDER BY x.place
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        FROM concession_party AS x JOIN thing AS p ON p.id = x.party_id
        WHERE x.entry_id = c.entry_id AND x.role = 'receiver' LIMIT 1) AS receivers,
    c.title, c.sector, c.kind, c.instrument,
    COALESCE(c.promised_on, g.agreed_on) AS promised_on,
    COALESCE(c.promised_on_precision, g.agreed_on_precision) AS promised_on_precision,
    c.entry_id AS entry
FROM concession AS c
JOIN in_force AS f ON f.entry_id = c.entry_id
JOIN agreement AS g ON g.entry_id = (
    SELECT h.entry_id FROM in_force AS h JOIN agreement AS y ON y.entry_id = h.entry_id
    WHERE h.thing_id = c.agreement_id)
JOIN thing AS t ON t.id = c.thing_id
JOIN thing AS a ON a.id = c.agreement_id
WHERE EXISTS (
        SELECT 1 FROM concession_party AS x WHERE x.entry_id = c.entry_id AND x.role = 'giver')
    AND EXISTS (
        SELECT 1 FROM concession_party AS x WHERE x.entry_id = c.entry_id AND x.role = 'receiver')
    AND NOT EXISTS (
        SELECT 1 FROM concession_party AS x WHERE x.entry_id = c.entry_id AND NOT EXISTS (
            SELECT 1 FROM in_force AS y JOIN party AS p ON p.entry_id = y.entry_id
            WHERE y.thing_id = x.party_id));

CREATE VIEW due AS
/* Every deadline in force, as declared and, under 'moved', as your own last move left it. Days and
   targets that both sides moved, and how a deadline ended, are not here, because they depend on the
   day on which one asks and on what both sides say: ask a report, or 'tracker export --tables'. */
WITH own AS (
    SELECT e.id, e.subject_id, e.due_on, e.due_on_precision, e.value, e.base,
        ROW_NUMBER() OVER (PARTITION BY e.subject_id ORDER BY e.effective_on,
            COALESCE(e.public_on, CASE WHEN e.published_on > e.effective_on THEN e.published_on
                ELSE e.effective_on END),
            v.moment, v.number, v.key, v.entry_id) AS place
    FROM (
        SELECT m.id, m.subject_id, m.effective_on, m.public_on, m.due_on, m.due_on_precision,
            m.value, m.base, (
            SELECT CASE WHEN COUNT(*) = COUNT(COALESCE(s.published_on, u.published_on))
                THEN MIN(COALESCE(s.published_on, u.published_on)) END
            FROM entry_source AS f
            JOIN thing AS q ON q.id = f.source_id
            LEFT JOIN source AS s ON s.thing_id = q.id
                AND EXISTS (SELECT 1 FROM in_force AS x WHERE x.entry_id = s.entry_id)
            LEFT JOIN source AS u ON s.entry_id IS NULL AND q.slug LIKE '%://%' AND u.url = q.slug
                AND EXISTS (SELECT 1 FROM in_force AS x WHERE x.entry_id = u.entry_id)
            WHERE f.entry_id = m.id) AS published_on
        FROM entry AS m
        WHERE m.kind = 'deadline' AND m.says_id IS NULL AND m.outcome IS NULL
            AND NOT EXISTS (SELECT 1 FROM retracted AS r WHERE r.entry_id = m.id)
    ) AS e
    JOIN recorded AS v ON v.entry_id = e.id
), last AS (
    SELECT subject_id, MAX(place) AS moved,
        MAX(CASE WHEN value IS NOT NULL THEN place END) AS restated,
        MAX(CASE WHEN base IS NOT NULL THEN place END) AS rebased
    FROM own
    GROUP BY subject_id
)
SELECT t.slug AS deadline, a.slug AS agreement, c.slug AS concession, d.kind, d.label,
    d.opens_on, d.due_on, d.due_on_precision, d.awaits, d.target, d.unit,
    CASE WHEN d.target IS NOT NULL THEN COALESCE(d.bound, 'at-least') END AS bound, d.base,
    d.counted_by, d.basis,
    CASE WHEN d.awaits IS NOT NULL AND d.bound = 'at-most' THEN {start} END AS moved_opens_on,
    CASE WHEN d.awaits IS NOT NULL AND d.bound = 'at-most' THEN NULL ELSE m.due_on END
        AS moved_due_on,
    CASE WHEN d.awaits IS NOT NULL AND d.bound = 'at-most' THEN NULL
        ELSE m.due_on_precision END AS moved_due_on_precision,
    n.value AS moved_target, o.base AS moved_base, m.id AS move, d.entry_id AS entry
FROM deadline AS d
JOIN in_force AS f ON f.entry_id = d.entry_id
JOIN thing AS t ON t.id = d.thing_id
LEFT JOIN thing AS c ON c.id = d.concession_id
LEFT JOIN concession AS g ON g.thing_id = d.concession_id
    AND EXISTS (SELECT 1 FROM in_force AS h WHERE h.entry_id = g.entry_id)
LEFT JOIN thing AS a ON a.id = COALESCE(d.agreement_id, g.agreement_id)
LEFT JOIN last AS l ON l.subject_id = d.thing_id
LEFT JOIN own AS m ON m.subject_id = d.thing_id AND m.place = l.moved
LEFT JOIN own AS n ON n.subject_id = d.thing_id AND n.place = l.restated
LEFT JOIN own AS o ON o.subject_id = d.thing_id AND o.place = l.rebased
WHERE c.slug IN (SELECT p.concession FROM promise AS p)
    OR d.agreement_id IN (
        SELECT y.thing_id FROM in_force AS y JOIN agreement AS x ON x.entry_id = y.entry_id);
