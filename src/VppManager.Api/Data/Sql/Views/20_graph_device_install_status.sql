-- The installations of apps, row by row, as Intune's report has them.
create or replace view graph_device_install_status with (security_invoker = true) as
select
    i.tenant_id,
    i.device_id::text || '_' || i.app_id::text as id,
    i.app_id,
    i.device_id,
    i.user_id,
    a.display_name as app_name,
    case a.kind when 'ios' then 'iosVppApp' when 'macOs' then 'macOsVppApp' else 'iosVppEBook' end as app_type,
    d.device_name,
    d.operating_system,
    d.os_version,
    d.last_sync_at,
    u.user_principal_name,
    u.display_name as user_name,
    i.app_version,
    i.error_code,
    '0x' || upper(lpad(to_hex(i.error_code), 8, '0')) as hex_error_code,
    i.install_state,
    case i.install_state
        when -1 then 'notApplicable' when 1 then 'installed' when 2 then 'failed' when 3 then 'notInstalled' when 4 then 'uninstallFailed'
        when 5 then 'pendingInstall' else 'unknown' end as install_state_word,
    case i.install_state
        when -1 then 'Not applicable' when 1 then 'Installed' when 2 then 'Failed' when 3 then 'Not installed' when 4 then 'Uninstall failed'
        when 5 then 'Install pending' else 'Unknown' end as install_state_text,
    i.install_state_detail,
    case i.install_state_detail
        when -1006 then 'platformNotApplicable' when 1001 then 'vppAppHasUpdateAvailable' when 1002 then 'userRejectedUpdate' when 2000 then 'seeInstallErrorCode'
        when 3001 then 'managedAppNoLongerPresent' when 3002 then 'userRejectedInstall' when 3003 then 'userIsNotLoggedIntoAppStore' else 'noAdditionalDetails' end as install_state_detail_word,
    case i.install_state_detail
        when -1006 then 'Platform not applicable' when 1001 then 'VPP app has update available' when 1002 then 'User rejected update' when 2000 then 'See install error code'
        when 3001 then 'Managed app no longer present' when 3002 then 'User rejected install'
        when 3003 then 'User is not logged into App Store' else 'No additional details' end as install_state_detail_text,
    i.changed_at,
    exists (
        select from assignments s where s.tenant_id = i.tenant_id and s.app_id = i.app_id and s.filter_type <> 'none') as has_filters
from graph_installs i
join apps a on a.tenant_id = i.tenant_id and a.id = i.app_id
join devices d on d.tenant_id = i.tenant_id and d.id = i.device_id
left join users u on u.tenant_id = i.tenant_id and u.id = i.user_id;
