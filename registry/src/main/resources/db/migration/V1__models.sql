-- The registry of models. Names compare by code point (collation "C"): prefixes and pages then need one index on every server,
-- whatever its language. clock_timestamp(), not now(): writers of one model wait for each other, and the time of a change must
-- not be older than the change before it. The schema itself is made by who runs this, so that a role without the right to make one can
-- be given a schema that is there already.

create table mooring.model (
  name         text collate "C" primary key,
  last_version bigint      not null check (last_version > 0),
  created_at   timestamptz not null default clock_timestamp(),
  updated_at   timestamptz not null default clock_timestamp()
);

-- A request to register a version. scope is who asked: the owner of the API key, in whose name a key for repeating is valid.
create table mooring.registration (
  registration_id uuid primary key,
  scope           text        not null,
  idempotency_key text,
  request_hash    bytea       not null,
  model           text collate "C" not null,
  accepted_at     timestamptz not null default clock_timestamp()
);

create unique index registration_idempotency_key
  on mooring.registration (scope, idempotency_key) where idempotency_key is not null;

create table mooring.model_version (
  model           text collate "C" references mooring.model,
  version         bigint      check (version > 0),
  registration_id uuid        not null unique references mooring.registration,
  source          text        not null,
  run_id          text,
  description     text,
  tags            jsonb       not null,
  metrics         jsonb       not null,
  registered_by   text        not null,
  created_at      timestamptz not null,
  primary key (model, version)
);

create table mooring.model_alias (
  model   text collate "C",
  alias   text,
  version bigint      not null,
  set_at  timestamptz not null default clock_timestamp(),
  primary key (model, alias),
  foreign key (model, version) references mooring.model_version
);

create index model_alias_version on mooring.model_alias (model, version);

-- Who did what, when. Rows are only added, and stay when the model goes. seq is drawn while the model's row is locked, so it
-- orders the events of one model.
create table mooring.model_event (
  seq             bigint generated always as identity primary key,
  model           text collate "C" not null,
  action          text        not null check (action in ('registered', 'promoted', 'alias_removed')),
  version         bigint      not null,
  alias           text,
  registration_id uuid,
  actor           text        not null,
  at              timestamptz not null default clock_timestamp()
);

create index model_event_history on mooring.model_event (model, seq desc);
