create or replace view graph_user_install_status with (security_invoker = true) as
select
    i.tenant_id,
    i.user_id::text || '_' || i.app_id::text as id,
    i.app_id,
    i.user_id,
    u.user_principal_name,
    u.display_name as user_name,
    i.failed,
    i.installed,
    i.pending,
    i.not_installed,
    i.not_applicable
from (
    select
        tenant_id,
        app_id,
        user_id,
        (count(*) filter (where install_state in (2, 4)))::int as failed,
        (count(*) filter (where install_state = 1))::int as installed,
        (count(*) filter (where install_state = 5))::int as pending,
        (count(*) filter (where install_state in (3, 99)))::int as not_installed,
        (count(*) filter (where install_state = -1))::int as not_applicable
    from graph_installs
    where user_id is not null
    group by tenant_id, app_id, user_id) i
left join users u on u.tenant_id = i.tenant_id and u.id = i.user_id;
