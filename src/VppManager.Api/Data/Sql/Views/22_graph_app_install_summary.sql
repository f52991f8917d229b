-- By device and by user, a user counting as the worst of the user's devices.
create or replace view graph_app_install_summary with (security_invoker = true) as
select
    a.tenant_id,
    a.id,
    a.kind,
    a.display_name,
    a.publisher,
    case a.kind when 'macOs' then 'macOS' else 'iOS' end as platform,
    a.latest_version,
    d.failed as failed_device_count,
    d.installed as installed_device_count,
    d.pending as pending_install_device_count,
    d.not_installed as not_installed_device_count,
    d.not_applicable as not_applicable_device_count,
    u.failed as failed_user_count,
    u.installed as installed_user_count,
    u.pending as pending_install_user_count,
    u.not_installed as not_installed_user_count,
    u.not_applicable as not_applicable_user_count,
    case when d.every = 0 then 0 else round(100.0 * d.failed / d.every, 2) end::double precision as failed_device_percentage
from apps a
cross join lateral (
    select
        count(*)::int as every,
        (count(*) filter (where i.install_state in (2, 4)))::int as failed,
        (count(*) filter (where i.install_state = 1))::int as installed,
        (count(*) filter (where i.install_state = 5))::int as pending,
        (count(*) filter (where i.install_state in (3, 99)))::int as not_installed,
        (count(*) filter (where i.install_state = -1))::int as not_applicable
    from graph_installs i where i.tenant_id = a.tenant_id and i.app_id = a.id) d
cross join lateral (
    select
        (count(*) filter (where s.failed > 0))::int as failed,
        (count(*) filter (where s.failed = 0 and s.pending > 0))::int as pending,
        (count(*) filter (where s.failed = 0 and s.pending = 0 and s.not_installed > 0))::int as not_installed,
        (count(*) filter (where s.failed = 0 and s.pending = 0 and s.not_installed = 0 and s.installed > 0))::int as installed,
        (count(*) filter (where s.failed = 0 and s.pending = 0 and s.not_installed = 0 and s.installed = 0))::int as not_applicable
    from graph_user_install_status s where s.tenant_id = a.tenant_id and s.app_id = a.id) u;
