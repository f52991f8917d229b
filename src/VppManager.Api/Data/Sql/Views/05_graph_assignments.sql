create or replace view graph_assignments with (security_invoker = true) as
select
    s.tenant_id,
    s.app_id,
    case s.target
        when 'allUsers' then 'acacacac-9df4-4c7d-9d50-4ef0226f57a9'
        when 'allDevices' then 'adadadad-808e-44e2-905a-0b7873a8a531'
        else s.group_id::text
    end
    || '_' || case s.intent when 'available' then 0 when 'required' then 1 when 'uninstall' then 2 else 3 end
    || '_' || s.excluded::int as id,
    s.intent,
    case when not s.excluded then
        jsonb_build_object(
            '@odata.type', case a.kind
                when 'macOs' then '#microsoft.graph.macOsVppAppAssignmentSettings'
                else '#microsoft.graph.iosVppAppAssignmentSettings' end)
        -- The settings name their own type when they are for another kind of delivery.
        || coalesce(s.settings, '{}')
        || jsonb_build_object('useDeviceLicensing', s.license_type = 'device')
    end as settings,
    'direct'::text as source,
    s.id::text as source_id,
    jsonb_build_object(
        '@odata.type', case
            when s.target = 'allUsers' then '#microsoft.graph.allLicensedUsersAssignmentTarget'
            when s.target = 'allDevices' then '#microsoft.graph.allDevicesAssignmentTarget'
            when s.excluded then '#microsoft.graph.exclusionGroupAssignmentTarget'
            else '#microsoft.graph.groupAssignmentTarget' end,
        'groupId', s.group_id,
        'deviceAndAppManagementAssignmentFilterId', s.filter_id,
        'deviceAndAppManagementAssignmentFilterType', coalesce(s.filter_type, 'none')) as target,
    s.group_id as target_group_id,
    s.filter_id::text as target_filter_id,
    coalesce(s.filter_type, 'none') as target_filter_type
from assignments s
join apps a on a.tenant_id = s.tenant_id and a.id = s.app_id
where a.kind <> 'book';
