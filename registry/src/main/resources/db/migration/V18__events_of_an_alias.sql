-- The event before of an alias says from which version a promotion came. Most events of a model are registrations, so these need an index.
create index model_event_of_alias on mooring.model_event (model_id, alias, seq desc) where alias is not null;
