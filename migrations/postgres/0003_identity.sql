-- Sign-ins under way: what the answer of the identity provider is compared with. Each is taken once.
CREATE TABLE signins (
    id_hash    TEXT PRIMARY KEY,
    body       TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Sessions. Of the secret in the cookie only a hash is here, and `sealed` can be opened with that secret only.
CREATE TABLE sessions (
    id            TEXT PRIMARY KEY,
    token_hash    TEXT NOT NULL UNIQUE,
    previous_hash TEXT,
    user_ref      TEXT NOT NULL,
    provider      TEXT NOT NULL,
    body          TEXT NOT NULL,
    sealed        TEXT,
    created_at    BIGINT NOT NULL,
    rotated_at    BIGINT NOT NULL,
    seen_at       BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    address       TEXT NOT NULL,
    agent         TEXT NOT NULL
);
CREATE INDEX sessions_previous ON sessions (previous_hash);
CREATE INDEX sessions_user ON sessions (user_ref);

-- Public halves of the keys that sign tokens, so that every replica can check what another one signed.
CREATE TABLE signing_keys (
    kid        TEXT PRIMARY KEY,
    jwk        TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Tokens that people made for their programs; only a hash of each is here.
CREATE TABLE personal_tokens (
    id           TEXT PRIMARY KEY,
    hash         TEXT NOT NULL UNIQUE,
    user_ref     TEXT NOT NULL,
    name         TEXT NOT NULL,
    scopes       TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    last_used_at BIGINT
);
CREATE INDEX personal_tokens_user ON personal_tokens (user_ref);

-- User entities that sign-in made; the ingestion reads them as one more source.
CREATE TABLE provided_users (
    entity_ref TEXT PRIMARY KEY,
    body       TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- What was done and what was refused. `seq` has no gaps, and `hash` covers the entry and the hash before it.
-- The fact `audit_head` names the last entry.
CREATE TABLE audit (
    seq        BIGINT PRIMARY KEY,
    at         BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    event      TEXT NOT NULL,
    permission TEXT,
    resource   TEXT,
    decision   TEXT,
    result     TEXT NOT NULL,
    address    TEXT NOT NULL,
    request_id TEXT NOT NULL,
    detail     TEXT NOT NULL,
    hash       TEXT NOT NULL
);
CREATE INDEX audit_actor ON audit (actor, seq);
CREATE INDEX audit_event ON audit (event, seq);
CREATE INDEX audit_at ON audit (at, seq);
