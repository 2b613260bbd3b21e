-- The current state of every entity. `body` is the entity as the REST API answers it.
CREATE TABLE entities (
    entity_ref TEXT PRIMARY KEY,
    uid        TEXT NOT NULL UNIQUE,
    hash       TEXT NOT NULL,
    location   TEXT NOT NULL,
    body       TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Every change of an entity, in order; `body` is the entity after it and absent when it was removed.
CREATE TABLE changes (
    seq        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         BIGINT NOT NULL,
    entity_ref TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('added', 'updated', 'removed')),
    cause      TEXT NOT NULL,
    body       TEXT
);
CREATE INDEX changes_entity ON changes (entity_ref, seq);

-- Problems that are open now; `since` says when each was first seen.
CREATE TABLE problems (
    fingerprint TEXT PRIMARY KEY,
    since       BIGINT NOT NULL,
    body        TEXT NOT NULL
);

-- Small facts about the database as a whole.
CREATE TABLE facts (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
