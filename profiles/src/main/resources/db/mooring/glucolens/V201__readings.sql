-- The readings of glucolens. A sensor may send a reading twice; its time tells the copy from a new one.
create table public.readings (
  id          uuid         primary key,
  patient     text         collate "C" not null,
  measured_at timestamptz  not null,
  mg_per_dl   integer      not null check (mg_per_dl between 1 and 2000),
  stored_at   timestamptz  not null default now(),
  unique (patient, measured_at)
);
