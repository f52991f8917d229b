-- A user counts as the worst of the user's devices.
create or replace view graph_ebook_summaries with (security_invoker = true) as
select
    a.tenant_id,
    a.id,
    coalesce(d.failed, 0)::int as failed_device_count,
    coalesce(u.failed, 0)::int as failed_user_count,
    coalesce(d.installed, 0)::int as installed_device_count,
    coalesce(u.installed, 0)::int as installed_user_count,
    coalesce(d.not_installed, 0)::int as not_installed_device_count,
    coalesce(u.not_installed, 0)::int as not_installed_user_count
from apps a
cross join lateral (
    select
        count(*) filter (where s.install_state = 'failed') as failed,
        count(*) filter (where s.install_state = 'installed') as installed,
        count(*) filter (where s.install_state = 'notInstalled') as not_installed
    from graph_ebook_device_states s where s.tenant_id = a.tenant_id and s.book_id = a.id) d
cross join lateral (
    select
        count(*) filter (where s.failed_device_count > 0) as failed,
        count(*) filter (where s.failed_device_count = 0 and s.not_installed_device_count = 0) as installed,
        count(*) filter (where s.failed_device_count = 0 and s.not_installed_device_count > 0) as not_installed
    from graph_ebook_user_states s where s.tenant_id = a.tenant_id and s.book_id = a.id) u
where a.kind = 'book';
