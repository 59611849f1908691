-- The checks of a PostgreSQL server on every new row, whichever role or program writes it.
--
-- A role may be allowed to add rows and nothing else. The server ensures that it writes what the
-- program would: whole batches, one after the other, with each row numbered and linked correctly.
-- The server computes no digests: `db verify` does. The checks run after a row is inserted, so they
-- see all rows of its statement, and rows refused by a CHECK or a key never reach them.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RAISE 'the book is append-only: log a new entry, or retract';
END $$;

-- One writer at a time. The lock needs a right that no role has; this function runs with its
-- owner's rights, and only writers may call it. Vacuum never needs the table, as only upgrades
-- write to it.
CREATE FUNCTION take_turn() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    LOCK TABLE alembic_version IN EXCLUSIVE MODE;
END $$;

CREATE FUNCTION wait_for_turn() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    PERFORM take_turn();
    RETURN NULL;
END $$;

-- The next three functions run within those below, with the same search path.
CREATE FUNCTION refuse_row(place text, reason text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE 'a row of % does not fit: %', place, reason
        USING ERRCODE = 'check_violation', CONSTRAINT = 'fits';
END $$;

CREATE FUNCTION is_open(batch integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RETURN $1 = COALESCE((SELECT max(b.id) FROM batch AS b), 0) + 1;
END $$;

CREATE FUNCTION is_named(thing integer, namespace text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF $1 IS NULL THEN
        RETURN true;
    END IF;
    RETURN (SELECT t.namespace FROM thing AS t WHERE t.id = $1) = $2;
END $$;

CREATE FUNCTION number_thing() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
BEGIN
    NEW.id := COALESCE(NEW.id, (SELECT max(t.id) FROM thing AS t) + 1, 1);
    RETURN NEW;
END $$;

-- A query plan is kept for the session, and may be for a table that was small at first: hence no
-- sequential scans. One IF per query is four times as fast as one for all.
CREATE FUNCTION require_fitting_thing() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
BEGIN
    IF NEW.id <> 1 AND NOT EXISTS (SELECT FROM thing AS t WHERE t.id = NEW.id - 1) THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its number is not the next one');
    ELSIF NEW.slug !~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND (NEW.namespace <> 'source'
        OR NEW.slug !~* '^https?://[^[:space:][:cntrl:]<>"''`\\]+$'
        OR NEW.slug ~ '[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]')
    THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'it is neither a short name nor a source''s address');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION require_fitting_entry() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
DECLARE
    fits boolean := true;
BEGIN
    IF NEW.id <> 1 AND NOT EXISTS (SELECT FROM entry AS e WHERE e.id = NEW.id - 1) THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its number is not the next one');
    ELSIF NOT is_open(NEW.batch) THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its batch is not the next one');
    ELSIF NOT is_named(NEW.says_id, 'party') THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'it names something of another kind');
    END IF;
    IF NEW.refers_to IS NOT NULL THEN
        fits := EXISTS (SELECT FROM entry AS e WHERE e.id = NEW.refers_to
            AND e.subject_id = NEW.subject_id
            AND e.concession_id IS NOT DISTINCT FROM NEW.concession_id);
    ELSIF NEW.kind = 'declaration' THEN
        NULL; -- its version is looked at
    ELSIF NEW.kind = 'text' THEN
        fits := is_named(NEW.subject_id, 'source');
    ELSIF NEW.concession_id = NEW.subject_id THEN
        fits := NEW.kind IN ('stage', 'note', 'check')
            AND EXISTS (SELECT FROM concession AS v WHERE v.thing_id = NEW.subject_id);
    ELSE
        fits := EXISTS (SELECT FROM deadline AS v WHERE v.thing_id = NEW.subject_id
            AND v.concession_id IS NOT DISTINCT FROM NEW.concession_id);
        IF NOT fits AND NEW.concession_id IS NULL AND NEW.kind IN ('note', 'check') THEN
            fits := EXISTS (SELECT FROM agreement AS v WHERE v.thing_id = NEW.subject_id);
        END IF;
    END IF;
    IF NOT fits THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its subject is not of that concession');
    END IF;
    RETURN NULL;
END $$;

-- A version belongs to an entry of the batch that is being written. A thing has one kind: what is
-- declared as a concession cannot be a deadline until it is retracted.
CREATE FUNCTION require_fitting_version() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
DECLARE
    declared entry := (SELECT e FROM entry AS e WHERE e.id = NEW.entry_id);
    under integer; -- the concession that its entry has to name
BEGIN
    IF TG_TABLE_NAME = 'concession' THEN
        under := NEW.thing_id;
    ELSIF TG_TABLE_NAME = 'deadline' THEN
        under := NEW.concession_id;
    END IF;
    IF NOT is_open(declared.batch) THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its entry is of another batch');
    ELSIF declared.concession_id IS DISTINCT FROM under THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its entry is of another concession');
    END IF;
    IF NOT (CASE TG_TABLE_NAME
        WHEN 'party' THEN is_named(NEW.thing_id, 'party')
        WHEN 'source' THEN is_named(NEW.thing_id, 'source')
        ELSE is_named(NEW.thing_id, 'subject') AND NOT EXISTS (
            SELECT FROM (
                SELECT 'agreement', v.thing_id, v.entry_id FROM agreement AS v
                UNION ALL SELECT 'concession', v.thing_id, v.entry_id FROM concession AS v
                UNION ALL SELECT 'deadline', v.thing_id, v.entry_id FROM deadline AS v
            ) AS w (what, thing_id, entry_id)
            WHERE w.thing_id = NEW.thing_id AND w.what <> TG_TABLE_NAME
                AND NOT EXISTS (SELECT FROM retracted AS r WHERE r.entry_id = w.entry_id))
    END) THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its thing is of another kind');
    END IF;
    IF TG_TABLE_NAME = 'party' THEN
        IF NOT is_named(NEW.part_of_id, 'party') THEN
            PERFORM refuse_row(TG_TABLE_NAME, 'it is part of something of another kind');
        END IF;
    ELSIF TG_TABLE_NAME = 'source' THEN
        IF EXISTS (SELECT FROM thing AS t
            WHERE t.id = NEW.thing_id AND t.slug LIKE '%://%' AND t.slug <> NEW.url)
        THEN
            PERFORM refuse_row(TG_TABLE_NAME, 'a web address leads to itself');
        END IF;
    ELSIF NOT is_named(NEW.source_id, 'source') THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its source is of another kind');
    ELSIF TG_TABLE_NAME <> 'agreement' THEN
        IF NEW.agreement_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM agreement AS v WHERE v.thing_id = NEW.agreement_id)
            OR under IS NOT NULL
            AND NOT EXISTS (SELECT FROM concession AS v WHERE v.thing_id = under)
        THEN
            PERFORM refuse_row(TG_TABLE_NAME, 'it belongs to something of another kind');
        END IF;
    END IF;
    RETURN NULL;
END $$;

-- A text belongs to an entry of the batch that is being written; that entry is about its source.
CREATE FUNCTION require_fitting_text() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
BEGIN
    IF NOT is_open((SELECT e.batch FROM entry AS e WHERE e.id = NEW.entry_id)) THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its entry is of another batch');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION require_fitting_part() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
DECLARE
    fits boolean;
BEGIN
    IF TG_TABLE_NAME = 'exchange' THEN
        fits := is_named(NEW.in_return_for_id, 'subject');
    ELSIF TG_TABLE_NAME = 'entry_source' THEN
        fits := is_named(NEW.source_id, 'source');
    ELSE
        fits := is_named(NEW.party_id, 'party');
    END IF;
    IF NOT fits THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'it names something of another kind');
    ELSIF NOT is_open((SELECT e.batch FROM entry AS e WHERE e.id = NEW.entry_id)) THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its entry is of another batch');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION require_fitting_batch() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
DECLARE
    previous timestamptz := (SELECT b.recorded_at FROM batch AS b WHERE b.id = NEW.id - 1);
    now_here timestamptz := clock_timestamp();
BEGIN
    IF NEW.id <> 1 AND previous IS NULL THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its number is not the next one');
    ELSIF NOT EXISTS (SELECT FROM entry AS e WHERE e.id = NEW.first_entry AND e.batch = NEW.id)
        OR EXISTS (SELECT FROM entry AS e WHERE e.id = NEW.first_entry - 1 AND e.batch = NEW.id)
    THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'it does not begin where the last one ends');
    ELSIF (SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class AS c WHERE c.oid = TG_RELID) THEN
        NULL; -- the owner restores books, with the moments that they had
    ELSIF NEW.recorded_at < previous THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'its moment is before that of the last one');
    -- A clock that is behind the last batch repeats its moment.
    ELSIF NEW.recorded_at IS DISTINCT FROM previous
        AND abs(extract(epoch FROM NEW.recorded_at - now_here)) > 60
    THEN
        RAISE 'the server''s clock says % UTC',
            to_char(now_here AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recorded_now';
    END IF;
    RETURN NULL;
END $$;

-- Checked at commit: no entry may be left without a batch that seals it, and no declaration without
-- a version.
CREATE FUNCTION require_whole_entry() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
BEGIN
    IF is_open(NEW.batch) THEN
        PERFORM refuse_row(TG_TABLE_NAME, 'no batch seals it');
    ELSIF NEW.kind = 'declaration' THEN
        IF NOT EXISTS (SELECT FROM party AS v WHERE v.entry_id = NEW.id)
            AND NOT EXISTS (SELECT FROM source AS v WHERE v.entry_id = NEW.id)
            AND NOT EXISTS (SELECT FROM agreement AS v WHERE v.entry_id = NEW.id)
            AND NOT EXISTS (SELECT FROM concession AS v WHERE v.entry_id = NEW.id)
            AND NOT EXISTS (SELECT FROM deadline AS v WHERE v.entry_id = NEW.id)
        THEN
            PERFORM refuse_row(TG_TABLE_NAME, 'it declares nothing');
        END IF;
    ELSIF NEW.kind = 'text' THEN
        IF NOT EXISTS (SELECT FROM source_text AS v WHERE v.entry_id = NEW.id) THEN
            PERFORM refuse_row(TG_TABLE_NAME, 'it holds no text');
        END IF;
    END IF;
    RETURN NULL;
END $$;
