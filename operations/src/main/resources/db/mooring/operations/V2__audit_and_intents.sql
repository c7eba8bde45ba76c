-- Who did what to the service, when and why. Rows are only added: each carries a hash over itself and the hash before it, so a row
-- that is changed, removed or moved is found (GET /ops/audit/verification). entry_id is chosen where the act happened, so that an
-- entry whose commit had an unclear outcome is not made twice. at is the time of the act, entered_at when it came into the table.
create table mooring.audit_entry (
  seq        bigint      primary key check (seq > 0),
  entry_id   uuid        not null unique,
  at         timestamptz not null,
  entered_at timestamptz not null,
  actor      text        not null,
  action     text        not null,
  subject    text        not null,
  reason     text        not null,
  details    text        not null,
  hash       bytea       not null check (octet_length(hash) = 32)
);

create index audit_entry_actor on mooring.audit_entry (actor, seq desc);

-- The end of the chain. Its one row is the lock of all who write entries.
create table mooring.audit_head (
  single boolean primary key default true check (single),
  seq    bigint not null,
  hash   bytea  not null check (octet_length(hash) = 32)
);

insert into mooring.audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

create function mooring.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of %.% is refused: it keeps what happened', tg_op, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end
$$;

create trigger audit_entry_is_append_only
  before update or delete or truncate on mooring.audit_entry
  for each statement execute function mooring.refuse_change();

create trigger audit_head_stays
  before delete or truncate on mooring.audit_head
  for each statement execute function mooring.refuse_change();

-- What an operator ordered of a breaker, for all instances and for those that start later. Its number is that of its audit entry,
-- made in the same transaction, so numbers grow in the order of commits. Of each dependency the row with the highest number counts.
create table mooring.operator_intent (
  seq        bigint      primary key references mooring.audit_entry,
  dependency text        not null,
  act        text        not null check (act in ('open', 'bypass', 'close', 'reset')),
  actor      text        not null,
  reason     text        not null,
  ordered_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz,
  check ((expires_at is not null) = (act in ('open', 'bypass')))
);

create index operator_intent_newest on mooring.operator_intent (dependency, seq desc);
