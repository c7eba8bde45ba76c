-- Changes of the status of a dependency, as each process saw them: appended when the database can be reached, removed when they are older
-- than the history reaches back. seq counts the changes of one run of the service. seen_until says, on the last change of each dependency,
-- until when the run was heard of; after that nothing is known, until the next run.
create table mooring.state_change (
  run          uuid,
  seq          bigint      check (seq > 0),
  instance     text        not null,
  dependency   text        not null,
  at           timestamptz not null,
  status_from  text        not null,
  status_to    text        not null,
  lasted_ms    bigint      not null check (lasted_ms >= 0),
  cause        text        not null,
  failure_kind text,
  seen_until   timestamptz not null,
  primary key (run, seq)
);

create index state_change_instance on mooring.state_change (instance, seen_until);
