-- The registry that a registration belongs to: '' is the local one, 'mlflow' that of the MLflow server behind the service. An idempotency key
-- belongs to one registry, so that a client that sends the same key after the registry was changed registers in the new one too.
alter table mooring.registration add column origin text collate "C" not null default '';

-- The local registry decides a registration at once, and never rejects one. What MLflow registered is in the history of its mirror.
update mooring.registration
set origin = 'mlflow'
where registration_id in (
  select r.registration_id
  from mooring.registration r left join mooring.registration_outcome o using (registration_id)
  where o.status is distinct from 'registered'
  union
  select e.registration_id from mooring.model_event e where e.origin = 'mlflow' and e.registration_id is not null);

drop index mooring.registration_idempotency_key;
create unique index registration_idempotency_key
  on mooring.registration (origin, scope, idempotency_key) where idempotency_key is not null;
