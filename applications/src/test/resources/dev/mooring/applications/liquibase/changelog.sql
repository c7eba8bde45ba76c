--liquibase formatted sql
--changeset things:1
create table thing (id bigint generated always as identity primary key, name text not null);
