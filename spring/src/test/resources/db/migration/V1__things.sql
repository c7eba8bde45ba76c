create table thing (id int primary key, name text not null);
insert into thing values (1, 'first');
