-- Calls that ask the MLflow server behind the service for a new version, kept for some minutes. A client that repeats such a call, because it
-- does not know what became of it, gets the version that the call made.
create table mooring.forwarded_create (
    caller_hash bytea not null,
    path        text not null,
    body_hash   bytea not null,
    id          uuid not null, -- the value of the tag mooring.registration_id in MLflow
    attempt     integer not null default 1,
    begun_at    timestamptz not null default clock_timestamp(),
    must_end_at timestamptz not null, -- from then on no call of it can run any more
    version     bigint, -- known once MLflow has answered
    answered    boolean not null default false, -- the client has the answer, so an equal call asks for another version
    primary key (caller_hash, path, body_hash)
);

create index forwarded_create_begun_at on mooring.forwarded_create (begun_at);
