create or replace view graph_ebook_user_states with (security_invoker = true) as
select
    s.tenant_id,
    s.book_id,
    s.user_id::text || '_' || s.book_id::text as id,
    s.user_name,
    (count(*) filter (where s.install_state = 'failed'))::int as failed_device_count,
    (count(*) filter (where s.install_state = 'installed'))::int as installed_device_count,
    (count(*) filter (where s.install_state = 'notInstalled'))::int as not_installed_device_count
from graph_ebook_device_states s
where s.user_id is not null
group by s.tenant_id, s.book_id, s.user_id, s.user_name;
