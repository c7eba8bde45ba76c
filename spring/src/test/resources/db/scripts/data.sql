insert into tag select id from thing where not exists (select from tag);
