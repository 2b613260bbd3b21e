-- The page of an entity asks for its problems on every tab, and the catalog for the entities with errors. What they ask
-- by was in the body alone, so that each question read every problem; now it stands in columns, which have indexes.
-- Both hold at most 512 characters, since an index of PostgreSQL takes no long texts.
ALTER TABLE problems ADD COLUMN entity_ref TEXT;
ALTER TABLE problems ADD COLUMN file TEXT;
ALTER TABLE problems ADD COLUMN severity TEXT;

-- The version before does not know the columns and leaves them empty; the next reading of the sources fills them. That
-- is also left to do where a text has the character 0, which PostgreSQL cannot take out of JSON. The table holds open
-- problems only, so one statement is enough.
UPDATE problems
SET entity_ref = substr(json_extract(body, '$.entity_ref'), 1, 512),
    file       = substr(json_extract(body, '$.file'), 1, 512),
    severity   = json_extract(body, '$.severity')
WHERE instr(body, '\u0000') = 0;

-- Each is limited to the rows that its question is about; so no other question is led to it.
CREATE INDEX problems_entity ON problems (entity_ref) WHERE entity_ref IS NOT NULL;
CREATE INDEX problems_file ON problems (file) WHERE entity_ref IS NULL;
CREATE INDEX problems_erring ON problems (severity, entity_ref) WHERE entity_ref IS NOT NULL;
