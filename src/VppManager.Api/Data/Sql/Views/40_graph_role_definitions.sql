-- The roles that every tenant of Intune has, as far as they concern apps, devices and roles here; and those of its own.
create or replace view graph_role_definitions with (security_invoker = true) as
select
    r.tenant_id,
    r.id,
    'deviceAndApp'::text as kind,
    r.display_name,
    r.description,
    r.is_built_in,
    r.is_built_in as is_built_in_role_definition,
    r.allowed,
    r.not_allowed,
    r.role_scope_tag_ids,
    p.permissions as role_permissions,
    p.permissions
from (
    select nullif(current_setting('app.tenant', true), '')::uuid as tenant_id, b.id, b.display_name, b.description, true as is_built_in,
        array(select 'Microsoft.Intune_' || action from unnest(b.allowed) as action) as allowed, '{}'::text[] as not_allowed, '{0}'::text[] as role_scope_tag_ids
    from (values
        ('c1d9fcbb-cba5-40b0-bf6b-527006585f4b'::uuid, 'Application Manager', 'Manages apps, their tokens, assignments and licences, and reads devices.', array[
            'MobileApps_Read', 'MobileApps_Create', 'MobileApps_Update', 'MobileApps_Delete', 'MobileApps_Assign', 'MobileApps_Relate', 'MobileApps_ViewReports',
            'ManagedApps_Read', 'ManagedApps_Create', 'ManagedApps_Update', 'ManagedApps_Delete', 'ManagedApps_Assign', 'ManagedApps_Wipe',
            'ManagedDevices_Read', 'Organization_Read']),
        ('9e0cc482-82df-4ab2-a24c-0c23a3f52e1e', 'Help Desk Operator', 'Looks after users and devices, and assigns apps.', array[
            'MobileApps_Read', 'MobileApps_Assign', 'MobileApps_ViewReports', 'ManagedApps_Read', 'ManagedApps_Assign', 'ManagedApps_Wipe', 'ManagedDevices_Read',
            'ManagedDevices_Update', 'RemoteTasks_RevokeAppleVppLicenses', 'RemoteTasks_SyncDevice', 'RemoteTasks_Retire', 'RemoteTasks_Wipe', 'Organization_Read']),
        ('fa1d7878-e8cb-41a1-8254-0142355c9d84', 'Read Only Operator', 'Reads everything and changes nothing.', array[
            'MobileApps_Read', 'MobileApps_ViewReports', 'ManagedApps_Read', 'ManagedDevices_Read', 'Roles_Read', 'Audit_Read', 'Organization_Read', 'AssignmentFilter_Read']),
        ('2f9f4f7e-2d13-427b-adf2-361a1eef7ae8', 'School Administrator', 'Manages apps and devices of a school.', array[
            'MobileApps_Read', 'MobileApps_Create', 'MobileApps_Update', 'MobileApps_Delete', 'MobileApps_Assign', 'MobileApps_Relate', 'MobileApps_ViewReports',
            'ManagedApps_Read', 'ManagedApps_Create', 'ManagedApps_Update', 'ManagedApps_Delete', 'ManagedApps_Assign', 'ManagedDevices_Read', 'ManagedDevices_Update',
            'RemoteTasks_RevokeAppleVppLicenses', 'RemoteTasks_SyncDevice', 'RemoteTasks_Retire', 'RemoteTasks_Wipe', 'Audit_Read', 'Organization_Read']),
        ('0bd113fe-6be5-400c-a28f-ae5553f9c0be', 'Policy and Profile manager', 'Reads apps and devices; what else it may do in Intune is not here.', array[
            'ManagedApps_Read', 'MobileApps_Read', 'ManagedDevices_Read', 'Organization_Read', 'AssignmentFilter_Read']),
        ('c56d53a2-73d0-4502-b6bd-4a9d3dba28d5', 'Endpoint Security Manager', 'Reads apps and devices; what else it may do in Intune is not here.', array[
            'ManagedApps_Read', 'MobileApps_Read', 'ManagedDevices_Read', 'RemoteTasks_SyncDevice', 'Audit_Read', 'Organization_Read'])
    ) as b (id, display_name, description, allowed)
    where nullif(current_setting('app.tenant', true), '') is not null
    union all
    select d.tenant_id, d.id, d.display_name, d.description, false, d.allowed, d.not_allowed, d.role_scope_tag_ids from role_definitions d) r
cross join lateral (
    select jsonb_build_array(jsonb_build_object(
        'actions', to_jsonb(r.allowed),
        'resourceActions', jsonb_build_array(jsonb_build_object(
            'allowedResourceActions', to_jsonb(r.allowed), 'notAllowedResourceActions', to_jsonb(r.not_allowed))))) as permissions) p;
