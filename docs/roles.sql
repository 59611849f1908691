-- The roles of those who read or record on a server.
--
-- The owner of the book runs this in its database, once and after each
-- upgrade or restore:
--
--     tracker help roles > roles.sql
--     psql -v ON_ERROR_STOP=1 -f roles.sql postgresql://owner@host/truce
--     psql postgresql://owner@host/truce -c 'GRANT truce_writer TO ana'
--
-- It makes truce_reader and truce_writer, named after the database, and takes
-- every right to the book from everybody else but the owner.

BEGIN;
DO $$
DECLARE
    tables text[] := ARRAY['thing', 'entry', 'entry_source', 'batch', 'party',
        'source', 'source_text', 'agreement', 'concession',
        'concession_party', 'exchange', 'deadline'];
    views text[] := ARRAY['retracted', 'recorded', 'in_force', 'promise',
        'due', 'journal', 'reading', 'declared'];
    book text := current_database();
    book_owner oid := (
        SELECT relowner FROM pg_class WHERE oid = 'entry'::regclass);
    statement text;
    role text;
BEGIN
    IF NOT pg_has_role(book_owner, 'USAGE') THEN
        RAISE 'only the owner of the book may give rights to it';
    END IF;
    IF current_schema() <> 'public' THEN -- a database may hold several books
        book := book || '.' || current_schema();
    END IF;
    IF octet_length(book || '_reader') > 63 THEN
        RAISE 'the name % is too long for the names of roles', book;
    END IF;

    -- Nobody keeps a right: neither the roles of another book or of 0.3, nor
    -- those that a restored dump names.
    FOR statement IN
        SELECT format('REVOKE ALL ON %s FROM %I CASCADE', o.name, r.rolname)
        FROM (
            SELECT 'DATABASE ' || quote_ident(datname) AS name, datacl AS acl,
                datdba AS owner
            FROM pg_database WHERE datname = current_database()
            UNION ALL
            SELECT 'SCHEMA ' || quote_ident(nspname), nspacl, nspowner
            FROM pg_namespace WHERE nspname = current_schema()
            UNION ALL
            SELECT 'TABLE ' || oid::regclass, relacl, relowner FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace
                AND relname = ANY (tables || views || 'alembic_version'::text)
            UNION ALL
            SELECT 'FUNCTION take_turn()', proacl, proowner FROM pg_proc
            WHERE oid = 'take_turn()'::regprocedure
        ) AS o
        CROSS JOIN aclexplode(o.acl) AS a
        JOIN pg_roles AS r ON r.oid = a.grantee
        WHERE a.grantee NOT IN (o.owner, book_owner)
        GROUP BY o.name, r.rolname
    LOOP
        EXECUTE statement;
    END LOOP;
    EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC',
        current_database());
    EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', current_schema());
    IF has_database_privilege('public', current_database(), 'CONNECT')
        OR has_schema_privilege('public', current_schema(), 'CREATE') THEN
        RAISE 'everybody may still connect to % or create in schema %: run %',
            current_database(), current_schema(), 'this as their owner';
    END IF;
    REVOKE ALL ON FUNCTION take_turn() FROM PUBLIC;
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        -- Nobody else can. A large object would fill the disk.
        REVOKE ALL ON FUNCTION lo_creat(integer), lo_create(oid),
            lo_from_bytea(oid, bytea) FROM PUBLIC;
    END IF;

    FOREACH role IN ARRAY ARRAY[book || '_reader', book || '_writer'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I', role);
        END IF;
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I',
            current_database(), role);
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I',
            current_schema(), role);
        EXECUTE format('GRANT SELECT ON alembic_version, %s TO %I',
            array_to_string(tables || views, ', '), role);
    END LOOP;
    EXECUTE format('GRANT INSERT ON %s TO %I',
        array_to_string(tables, ', '), role);
    EXECUTE format('GRANT EXECUTE ON FUNCTION take_turn() TO %I', role);
END $$;
COMMIT;
