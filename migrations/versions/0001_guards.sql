-- The guards of a PostgreSQL server: what CHECKs and keys cannot hold, whoever writes.
--
-- A role may be allowed to add rows and nothing else. The server numbers its rows, ensures that each
-- command is sealed, and checks its moment. Whether a row fits what it names, and whether its digest
-- is right, `tracker db check` says.

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

-- Things, entries and batches are numbered from 1 without gaps. Each table has a query of its own,
-- whose plan is kept.
CREATE FUNCTION number_row() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    next integer := 1 + COALESCE(CASE TG_TABLE_NAME
        WHEN 'thing' THEN (SELECT max(t.id) FROM thing AS t)
        WHEN 'entry' THEN (SELECT max(e.id) FROM entry AS e)
        WHEN 'batch' THEN (SELECT max(b.id) FROM batch AS b)
    END, 0);
BEGIN
    NEW.id := COALESCE(NEW.id, next);
    IF NEW.id > next OR (NEW.id < 1 AND TG_TABLE_NAME = 'thing') THEN -- CHECKs and keys do the rest
        RAISE 'a row of % does not fit: its number is not the next one', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fits';
    END IF;
    RETURN NEW;
END $$;

-- Checked at commit: no entry may be left without a batch that seals it.
CREATE FUNCTION require_seal() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM batch AS b WHERE b.id = NEW.batch) THEN
        RAISE 'a row of % does not fit: no batch seals it', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fits';
    END IF;
    RETURN NULL;
END $$;

-- A batch is recorded now, and not before the last one that counts: an undo does not, nor does what
-- it took back. A query's plan may be kept from when its table was small: hence no sequential scans.
CREATE FUNCTION require_moment() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_seqscan = off AS $$
DECLARE
    now_here timestamptz := clock_timestamp();
    previous timestamptz;
BEGIN
    IF (SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class AS c WHERE c.oid = TG_RELID) THEN
        RETURN NULL; -- the owner restores books, with the moments that they had
    END IF;
    previous := (
        SELECT b.recorded_at FROM batch AS b
        WHERE b.id < NEW.id AND b.command <> 'undo' AND EXISTS (
            SELECT FROM entry AS e
            WHERE e.id >= b.first_entry AND e.batch = b.id
                AND NOT EXISTS (SELECT FROM retracted AS r WHERE r.entry_id = e.id))
        ORDER BY b.id DESC LIMIT 1
    );
    IF NEW.recorded_at < previous THEN
        RAISE 'a row of % does not fit: its moment is before that of the last one', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'fits';
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
