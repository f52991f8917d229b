create or replace view graph_role_assignments with (security_invoker = true) as
select
    a.tenant_id,
    a.id,
    'deviceAndApp'::text as kind,
    a.role_definition_id,
    a.display_name,
    a.description,
    a.resource_scopes,
    a.resource_scopes as scope_members,
    a.scope_type,
    array(select member::text from unnest(a.members) as member) as members,
    a.role_scope_tag_ids
from role_assignments a;
