-- Synchronisations of a token that failed; of tokens alone that the reader may see.
create or replace view graph_troubleshooting_events with (security_invoker = true) as
select
    r.tenant_id,
    r.id,
    'appleVppToken'::text as kind,
    r.id::text as correlation_id,
    coalesce(r.finished_at, r.started_at) as event_date_time,
    r.token_id::text as token_id
from sync_runs r
join tokens t on t.tenant_id = r.tenant_id and t.id = r.token_id
where r.outcome = 'failed';
