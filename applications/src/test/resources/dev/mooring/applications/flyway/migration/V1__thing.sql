create table thing (id bigint generated always as identity primary key, version integer not null, name varchar(255) not null);
