create table model (name text primary key, last_version bigint not null default 0);
