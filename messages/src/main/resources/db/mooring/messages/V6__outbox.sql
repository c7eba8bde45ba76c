-- Messages that must reach another system: added in the transaction that makes them true, delivered later by a relay. Of one key of one
-- destination a relay delivers one message at a time, in the order of seq. Who adds a message, and who ends one, holds the advisory lock of
-- its key until the commit, so seq is the order of commits, and exactly the oldest pending message of each key leads.
-- due_at is the time from which a relay may claim the message: of a message that a relay holds the end of the lease, of one that waits the
-- end of the wait. claimed_by names the claim, and stays when the message has ended: a relay then sees whether its commit came through.
create table mooring.outbox (
  message_id    uuid primary key,
  seq           bigint      generated always as identity,
  destination   text        collate "C" not null,
  ordering_key  text        collate "C" not null,
  type          text        not null,
  payload       jsonb       not null,
  state         text        not null default 'pending' check (state in ('pending', 'sent', 'rejected', 'dead')),
  leads         boolean     not null,
  created_at    timestamptz not null default clock_timestamp(),
  ready_at      timestamptz not null,
  due_at        timestamptz not null,
  claimed_by    uuid,
  claims        integer     not null default 0,
  refusals      integer     not null default 0,
  cause_kind    text,
  cause_message text,
  ended_at      timestamptz,
  check ((state = 'pending') = (ended_at is null)),
  check (state = 'pending' or not leads),
  check (state in ('pending', 'sent') or cause_kind is not null)
) with (autovacuum_vacuum_scale_factor = 0.02);

create index outbox_claimable on mooring.outbox (destination, due_at) where state = 'pending' and leads;
create index outbox_line on mooring.outbox (destination, ordering_key, seq) where state = 'pending';
create index outbox_dead on mooring.outbox (destination, seq) where state = 'dead';
create index outbox_ended on mooring.outbox (destination, ended_at) where state in ('sent', 'rejected');
