create table if not exists thing (id bigint generated always as identity primary key, name text not null);
