create table if not exists tag (thing int references thing);
