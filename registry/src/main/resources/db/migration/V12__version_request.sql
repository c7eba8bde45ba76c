-- The calls of MLflow that made a version, until their answer has reached the client: a client whose connection broke sends the call again
-- and must find the version that the call made. holder is the process that answers.
create table mooring.version_request (
  digest  bytea primary key,
  origin  text collate "C" not null,
  model   text collate "C" not null,
  version bigint           not null,
  holder  uuid             not null,
  made_at timestamptz      not null default clock_timestamp(),
  foreign key (origin, model, version) references mooring.model_version on update cascade on delete cascade
);

create index version_request_version on mooring.version_request (origin, model, version);
