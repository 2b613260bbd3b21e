-- What people chose for themselves, for example the theme. `value` is JSON.
CREATE TABLE preferences (
    user_ref   TEXT NOT NULL,
    key        TEXT NOT NULL,
    value      TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_ref, key)
);

-- Entities that somebody starred (`mark` is `star`) or watches (`watch`). There is no link to the table of entities: a
-- mark outlives its entity, which may come back.
CREATE TABLE marks (
    user_ref   TEXT NOT NULL,
    mark       TEXT NOT NULL,
    entity_ref TEXT NOT NULL,
    at         BIGINT NOT NULL,
    PRIMARY KEY (user_ref, mark, entity_ref)
);

-- Entities that somebody looked at, the last time and how often; the newest of each person are kept.
CREATE TABLE recents (
    user_ref   TEXT NOT NULL,
    entity_ref TEXT NOT NULL,
    at         BIGINT NOT NULL,
    visits     BIGINT NOT NULL,
    PRIMARY KEY (user_ref, entity_ref)
);

-- Filters of the catalog under a name, of a person or of a group, whose members share them.
CREATE TABLE saved_views (
    id         TEXT PRIMARY KEY,
    owner_ref  TEXT NOT NULL,
    name       TEXT NOT NULL,
    query      TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (owner_ref, name)
);
