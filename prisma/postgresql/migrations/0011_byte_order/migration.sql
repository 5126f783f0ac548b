-- Text is compared by its bytes, as SQLite does and the server in TypeScript: ranges of ids and the pages of a list rest on it.
-- What a migration adds after this one says COLLATE "C" itself; tests/house asks for it.
DO $$
DECLARE
    place record;
BEGIN
    FOR place IN
        SELECT c.table_name, c.column_name FROM information_schema.columns c
        JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
        WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.data_type = 'text'
            AND c.table_name <> '_prisma_migrations'
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE text COLLATE "C"', place.table_name, place.column_name);
    END LOOP;
END
$$;
