-- How many bytes the texts of a row have, so that a statement can end a page before it reads them. The server keeps the numbers. They leave
-- out names, which are short: a rename would count the tags of each version again.
alter table mooring.model add column bytes integer generated always as (
  coalesce(octet_length(description), 0) + octet_length(tags::text)) stored;

alter table mooring.model_version add column bytes integer generated always as (
  octet_length(source) + coalesce(octet_length(download_source), 0) + coalesce(octet_length(run_link), 0)
  + coalesce(octet_length(description), 0) + octet_length(tags::text) + octet_length(metrics::text)) stored;
