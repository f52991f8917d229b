-- Reports that were asked for as files. Who is bound to scope tags gets no file with more than they would see.
create or replace view graph_export_jobs with (security_invoker = true) as
select
    j.tenant_id,
    j.id,
    j.expires_at as expiration_date_time,
    j.filter,
    j.format,
    j.localization_type,
    j.report_name,
    j.requested_at as request_date_time,
    j.search,
    j."select",
    j.snapshot_id,
    'completed'::text as status,
    j.expires_at as good_until
from export_jobs j
where j.expires_at > now()
  and (coalesce(current_setting('app.scope_tags', true), '') = '' or j.scope_tags <@ string_to_array(current_setting('app.scope_tags', true), ','));
