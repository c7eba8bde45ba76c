-- The tables of the flow backend. Each service writes its own: users, orders, payments, notifications.
create table public.users (
  id           uuid        primary key,
  email        text        not null unique,
  credit_cents bigint      not null check (credit_cents >= 0),
  created_at   timestamptz not null default now()
);

create table public.orders (
  id           uuid        primary key,
  user_id      uuid        not null references public.users,
  item         text        not null,
  amount_cents bigint      not null check (amount_cents > 0),
  status       text        not null check (status in ('reserved', 'paid')),
  created_at   timestamptz not null default now()
);

create index orders_of_user on public.orders (user_id);

create table public.payments (
  id           uuid        primary key,
  order_id     uuid        not null unique references public.orders,
  amount_cents bigint      not null check (amount_cents > 0),
  created_at   timestamptz not null default now()
);

create table public.notifications (
  id         uuid        primary key,
  order_id   uuid        not null references public.orders,
  text       text        not null,
  sent_at    timestamptz not null default now()
);

create index notifications_of_order on public.notifications (order_id);
