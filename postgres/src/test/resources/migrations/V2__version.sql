create table model_version (name text not null references model, version int not null, primary key (name, version));
