-- A relay claims the leading message of a key together with messages behind it. Those have the claim's id in claimed_by and do not lead;
-- the lease of the whole line is due_at of the one that leads. An older instance sees only the leading message, as before.
-- traceparent is that of the transaction that added the message. history has up to 20 attempts that failed, oldest first, each with its
-- time, kind and message; it stays null while no attempt fails, so a message that arrives at once costs nothing more.
alter table mooring.outbox
  add column traceparent text check (length(traceparent) <= 255),
  add column history     jsonb;

-- Dead letters of all destinations, newest first.
create index outbox_dead_newest on mooring.outbox (seq) where state = 'dead';
