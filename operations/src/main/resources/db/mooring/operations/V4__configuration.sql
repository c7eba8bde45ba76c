-- The settings of the last start on this database, to tell the next one what has changed. Of a secret the value is a fingerprint that
-- shows whether it changed and too little to find out what it is.
create table mooring.configuration (
  name       text collate "C" primary key,
  value      text        not null,
  changed_at timestamptz not null default clock_timestamp()
);
