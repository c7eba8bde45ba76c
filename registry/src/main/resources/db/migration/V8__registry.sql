-- One store for two registries: the local one, whose origin is '', and the mirror of each MLflow server, whose origin is 'mlflow' or
-- 'mlflow:WORKSPACE'. A model may have no version, and MLflow's calls rename and delete models and versions.
-- model_id stays the same when a model is renamed, and is a new one when a model of the same name is made after a deletion.

alter table mooring.model_alias drop constraint model_alias_model_version_fkey, drop constraint model_alias_pkey;
alter table mooring.model_version drop constraint model_version_model_fkey, drop constraint model_version_pkey;

-- updated_at is the time of any change. last_updated is MLflow's last_updated_timestamp, in its milliseconds, which neither aliases nor
-- tags move.
alter table mooring.model
  drop constraint model_pkey,
  drop constraint model_last_version_check,
  add column origin       text collate "C" not null default '',
  add column model_id     uuid             not null default gen_random_uuid(),
  add column description  text,
  add column tags         jsonb            not null default '{}',
  add column last_updated timestamptz(3)   not null default clock_timestamp(),
  alter column last_version set default 0,
  add check (last_version >= 0),
  add primary key (origin, name);

update mooring.model set last_updated = updated_at;

-- download_source is where the files are when source names them in another way, such as models:/churn/3. Null: source itself.
alter table mooring.model_version
  add column origin          text collate "C" not null default '',
  add column run_link        text,
  add column current_stage   text             not null default 'None'
    check (current_stage in ('None', 'Staging', 'Production', 'Archived')),
  add column download_source text,
  add column last_updated    timestamptz(3)   not null default clock_timestamp(),
  alter column model set not null,
  alter column version set not null,
  alter column registration_id drop not null,
  alter column metrics set default '{}',
  alter column created_at set default clock_timestamp(),
  add primary key (origin, model, version),
  add foreign key (origin, model) references mooring.model on update cascade on delete cascade;

update mooring.model_version set last_updated = created_at;

alter table mooring.model_alias
  add column origin text collate "C" not null default '',
  alter column model set not null,
  alter column alias set not null,
  add primary key (origin, model, alias),
  add foreign key (origin, model, version) references mooring.model_version on update cascade on delete cascade;

drop index mooring.model_alias_version;
create index model_alias_version on mooring.model_alias (origin, model, version);

-- The searches: by tag, by run, the versions that changed last, and the newest version of a stage. Without fastupdate = off a search
-- would also walk through a list of what was written last, up to 4 MB.
create index model_tags on mooring.model using gin (tags) with (fastupdate = off);
create index model_version_tags on mooring.model_version using gin (tags) with (fastupdate = off);
create index model_version_run on mooring.model_version (origin, run_id) where run_id is not null;
create index model_version_recent on mooring.model_version (origin, last_updated desc, model, version desc);
create index model_version_staged on mooring.model_version (origin, model, current_stage, version desc)
  where current_stage <> 'None';

-- Events stay when the model goes. model is its name at the time of the event.
alter table mooring.model_event
  drop constraint model_event_action_check,
  add column origin   text collate "C" not null default '',
  add column model_id uuid,
  add column details  jsonb            not null default '{}',
  alter column version drop not null;

update mooring.model_event e set model_id = m.model_id from mooring.model m where m.name = e.model;

drop index mooring.model_event_history;
create index model_event_history on mooring.model_event (origin, model, seq desc);
create index model_event_of_model on mooring.model_event (model_id, seq desc);
