-- The same rows under the names of the addresses that Intune took away.
create or replace view graph_device_statuses with (security_invoker = true) as
select
    s.tenant_id,
    s.id,
    s.app_id,
    s.device_id,
    s.device_name,
    s.app_version as display_version,
    s.error_code,
    s.install_state_word as install_state,
    s.install_state_detail_word as install_state_detail,
    s.last_sync_at as last_sync_date_time,
    s.install_state_word as mobile_app_install_status_value,
    s.operating_system as os_description,
    s.os_version,
    s.user_name,
    s.user_principal_name
from graph_device_install_status s;

create or replace view graph_user_statuses with (security_invoker = true) as
select
    s.tenant_id,
    s.id,
    s.app_id,
    s.failed as failed_device_count,
    s.installed as installed_device_count,
    s.pending + s.not_installed as not_installed_device_count,
    s.user_name,
    s.user_principal_name
from graph_user_install_status s;
