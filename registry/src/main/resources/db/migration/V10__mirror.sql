-- What the mirror of an MLflow server knows of its rows. Null for the local registry, whose rows are the truth.
-- confirmed_at: the row, its aliases and the newest version of each stage were like this at MLflow at that time or later.
-- versions_at:  likewise all versions of the model. listed_at: MLflow listed these versions; whether that is all of them is not known.
-- written_at:   when a change that passed through this service was last entered. What MLflow said before that does not count.
alter table mooring.model
  add column confirmed_at timestamptz,
  add column versions_at  timestamptz,
  add column listed_at    timestamptz,
  add column written_at   timestamptz;

-- confirmed_at: the version and its aliases were like this at MLflow at that time or later.
alter table mooring.model_version add column confirmed_at timestamptz;

-- The comparison of each mirror with its MLflow server. complete_at is when the last complete one began.
create table mooring.mirror_sync (
  origin        text        collate "C" primary key,
  phase         text,
  page_offset   bigint      not null default 0,
  last_name     text,
  started_at    timestamptz,
  complete_at   timestamptz,
  claimed_by    uuid,
  claimed_until timestamptz
);

-- Models about which the mirror is in doubt; it asks MLflow for each when it is due, and for the last time not before last_at.
create table mooring.mirror_doubt (
  origin     text        collate "C",
  model      text        collate "C",
  doubted_at timestamptz not null default clock_timestamp(),
  due_at     timestamptz not null default clock_timestamp(),
  last_at    timestamptz not null default clock_timestamp(),
  primary key (origin, model)
);

create index mirror_doubt_due on mooring.mirror_doubt (due_at);

-- Names that a model lost lately, by deletion or renaming. What MLflow said about them before that does not count.
create table mooring.mirror_gone (
  origin  text        collate "C",
  model   text        collate "C",
  gone_at timestamptz not null default clock_timestamp(),
  primary key (origin, model)
);

-- Versions whose files MLflow finds by the source of another version, which it tells only when it is asked.
create index model_version_links on mooring.model_version (origin)
  where source like 'models:%' and download_source is null;
