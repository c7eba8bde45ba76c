-- Keys of the service's own store: of the key itself only its SHA-256. created_by and revoked_by name callers as the audit does. What is
-- no longer valid stays: the history of models and the audit name it.
create table mooring.api_key (
  id         uuid primary key,
  name       text        not null check (name <> '' and position('/' in name) = 0),
  hash       bytea       not null unique check (octet_length(hash) = 32),
  scopes     text[]      not null check (cardinality(scopes) > 0),
  created_at timestamptz not null,
  created_by text        not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  check ((revoked_at is null) = (revoked_by is null))
);

create index api_key_not_revoked on mooring.api_key (id) where revoked_at is null;
