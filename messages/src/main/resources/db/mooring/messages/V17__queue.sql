-- Messages in queues, and what each group of consumers has yet to do with them. Who publishes holds the shared advisory lock of the queue
-- until the commit, and adds one delivery for each group; who makes a group holds the lock alone, and adds a delivery for each message. So
-- no message misses a group. A delivery ends by its deletion, or is dead. due_at is the time from which a consumer may receive the message:
-- of one that a consumer holds the end of the lease.
create table mooring.queue_message (
  seq          bigint      generated always as identity primary key,
  queue        text        collate "C" not null,
  message_id   uuid        not null,
  type         text        not null,
  time         timestamptz not null,
  attempt      integer     not null,
  payload      json        not null,
  traceparent  text,
  published_at timestamptz not null default clock_timestamp(),
  unique (queue, message_id)
);

create index queue_message_age on mooring.queue_message (queue, published_at);

create table mooring.queue_group (
  queue      text        collate "C",
  name       text        collate "C",
  created_at timestamptz not null default clock_timestamp(),
  primary key (queue, name)
);

create table mooring.queue_delivery (
  queue          text        collate "C",
  consumer_group text        collate "C",
  seq            bigint      references mooring.queue_message,
  due_at         timestamptz not null default clock_timestamp(),
  claimed_by     text,
  claims         integer     not null default 0,
  died_at        timestamptz,
  cause_kind     text,
  cause_message  text,
  primary key (queue, consumer_group, seq),
  check ((died_at is null) = (cause_kind is null))
) with (autovacuum_vacuum_scale_factor = 0.02);

create index queue_delivery_line on mooring.queue_delivery (queue, consumer_group, seq) where died_at is null;
create index queue_delivery_dead on mooring.queue_delivery (queue, seq) where died_at is not null;
create index queue_delivery_message on mooring.queue_delivery (seq);

-- What consumers processed in transactions of their own, so that a copy of a message changes nothing.
create table mooring.handled_message (
  consumer_group text        collate "C",
  message_id     uuid,
  handled_at     timestamptz not null default clock_timestamp(),
  primary key (consumer_group, message_id)
);

create index handled_message_age on mooring.handled_message (consumer_group, handled_at);
