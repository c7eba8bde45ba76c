-- A key made while calls needed no key (while_open) does not work where calls need one, unless its maker said why it shall (stays_because).
-- Those made before this script are known by their maker's name. last_used_at is written about once a minute.
alter table mooring.api_key
  add column while_open    boolean not null default false,
  add column stays_because text,
  add column last_used_at  timestamptz;

update mooring.api_key set while_open = true where created_by = 'anonymous';
