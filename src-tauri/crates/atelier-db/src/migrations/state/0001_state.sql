-- Project state. Times are milliseconds since 1970 (UTC). JSON is text as it was handed in. Amounts of wei and
-- nonces are decimal text (they do not fit SQLite's integers).

-- Single values: the chosen network, the vault's id.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Long work. `picked_up_at` is what was done when a restart found it unfinished.
CREATE TABLE job (
    id            TEXT PRIMARY KEY,
    kind          TEXT NOT NULL,
    title         TEXT NOT NULL,
    input         TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'cancelled', 'failed', 'done')),
    done          INTEGER NOT NULL DEFAULT 0,
    total         INTEGER NOT NULL DEFAULT 0,
    step          TEXT NOT NULL DEFAULT '',
    picked_up_at  INTEGER,
    error_code    TEXT,
    error_message TEXT,
    error_details TEXT,
    result        TEXT,
    created_ms    INTEGER NOT NULL,
    updated_ms    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX job_active ON job (id) WHERE state IN ('queued', 'running', 'paused');

-- What was made, never overwritten: the newest of a kind is the one that counts.
CREATE TABLE artifact (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,
    hash       TEXT NOT NULL,
    json       TEXT NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX artifact_kind ON artifact (kind, seq);
CREATE INDEX artifact_hash ON artifact (kind, hash);
CREATE TRIGGER artifact_no_update BEFORE UPDATE ON artifact
    BEGIN SELECT RAISE(ABORT, 'artifacts are append-only'); END;
CREATE TRIGGER artifact_no_delete BEFORE DELETE ON artifact
    BEGIN SELECT RAISE(ABORT, 'artifacts are append-only'); END;

-- What a storage target holds, file by file.
CREATE TABLE storage_object (
    target      TEXT NOT NULL,
    path        TEXT NOT NULL,
    cid         TEXT NOT NULL,
    bytes       INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('pending', 'stored', 'proven', 'damaged')),
    verified_ms INTEGER,
    PRIMARY KEY (target, path)
) STRICT, WITHOUT ROWID;

-- Changes to drop.toml, by name. Undone ones stay until a new change takes their place.
CREATE TABLE undo (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL,
    before_text TEXT NOT NULL,
    after_text  TEXT NOT NULL,
    undone      INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    created_ms  INTEGER NOT NULL
) STRICT;

-- Signed vouchers. `json` is what was signed.
CREATE TABLE voucher (
    chain_id    INTEGER NOT NULL,
    drop_hex    TEXT NOT NULL,
    nonce       TEXT NOT NULL,
    json        TEXT NOT NULL,
    signature   TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('issued', 'redeemed', 'cancelled', 'expired')),
    tx_hash     TEXT,
    first_token INTEGER,
    issued_ms   INTEGER NOT NULL,
    updated_ms  INTEGER NOT NULL,
    PRIMARY KEY (chain_id, drop_hex, nonce)
) STRICT, WITHOUT ROWID;

-- The audit log. `hash` covers the entry and the hash before it (src/state/audit.rs says how).
CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms   INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    details TEXT NOT NULL,
    prev    TEXT NOT NULL,
    hash    TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- INSERT OR REPLACE fires no delete trigger.
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
