-- What a registration became; one without a row here is accepted, and waits for MLflow. It stays when the version is renamed or deleted.
create table mooring.registration_outcome (
  registration_id uuid        primary key references mooring.registration,
  status          text        not null check (status in ('registered', 'rejected')),
  version         bigint      check (version > 0),
  cause           text,
  decided_at      timestamptz not null default clock_timestamp(),
  check ((status = 'registered') = (version is not null)),
  check ((status = 'rejected') = (cause is not null))
);

insert into mooring.registration_outcome (registration_id, status, version, decided_at)
select registration_id, 'registered', version, created_at from mooring.model_version where registration_id is not null;
