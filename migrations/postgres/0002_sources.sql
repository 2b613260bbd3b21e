-- Locations that people and programs registered while the portal ran; those of the configuration are not here.
CREATE TABLE locations (
    id         TEXT PRIMARY KEY,
    type       TEXT NOT NULL,
    target     TEXT NOT NULL,
    entity_ref TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (type, target)
);

-- Which Location entity leads to each place that entities are read from.
CREATE TABLE sources (
    location TEXT PRIMARY KEY,
    parent   TEXT NOT NULL
);

-- What was read last from other hosts, so that it can be asked for with a condition and is there when they are not.
CREATE TABLE reads (
    target  TEXT PRIMARY KEY,
    version TEXT,
    read_at BIGINT NOT NULL
);
CREATE TABLE read_files (
    target TEXT NOT NULL,
    url    TEXT NOT NULL,
    body   BYTEA NOT NULL,
    PRIMARY KEY (target, url)
);

-- Targets that somebody wants to be read again before their time.
CREATE TABLE refreshes (
    target TEXT PRIMARY KEY
);

-- Work that one replica does for all: who does it, and until when that holds without being renewed.
CREATE TABLE leases (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until  BIGINT NOT NULL
);
