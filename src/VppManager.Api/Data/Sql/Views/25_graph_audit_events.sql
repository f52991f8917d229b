-- Who changed what. The changes are kept as {"property": {"before": "a", "after": "b"}}.
create or replace view graph_audit_events with (security_invoker = true) as
select
    e.tenant_id,
    e.id,
    e.activity,
    e.at as activity_date_time,
    case
        when e.activity ilike 'create%' then 'Create'
        when e.activity ilike 'patch%' or e.activity ilike 'update%' then 'Patch'
        when e.activity ilike 'delete%' then 'Delete'
        else 'Action' end as activity_operation_type,
    'Success'::text as activity_result,
    e.activity as activity_type,
    jsonb_build_object(
        'auditActorType', case when e.actor_is_application then 'Application' else 'ItPro' end,
        'type', case when e.actor_is_application then 'Application' else 'ItPro' end,
        'applicationDisplayName', case when e.actor_is_application then e.actor_name end,
        'applicationId', case when e.actor_is_application then e.actor_id end,
        'ipAddress', e.address,
        'remoteTenantId', null,
        'remoteUserId', null,
        'servicePrincipalName', null,
        'userId', case when not e.actor_is_application then e.actor_id end,
        'userPermissions', to_jsonb(e.actor_permissions),
        'userPrincipalName', case when not e.actor_is_application then e.actor_name end,
        'userRoleScopeTags', (
            select coalesce(jsonb_agg(jsonb_build_object('displayName', null, 'roleScopeTagId', tag)), '[]') from unnest(e.actor_scope_tags) as tag)) as actor,
    'Application'::text as category,
    e.resource_type as component_name,
    e.correlation_id,
    e.activity as display_name,
    jsonb_build_array(jsonb_build_object(
        'auditResourceType', e.resource_type,
        'displayName', null,
        'resourceId', e.resource_id,
        'modifiedProperties', coalesce((
            select jsonb_agg(jsonb_build_object(
                'displayName', c.key, 'oldValue', c.value ->> 'before', 'newValue', c.value ->> 'after') order by c.key)
            from jsonb_each(case jsonb_typeof(e.changes) when 'object' then e.changes else '{}' end) c), '[]'))) as resources
from audit_events e;
