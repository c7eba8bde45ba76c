create table model (name text primary key, last_version int not null default 0);
