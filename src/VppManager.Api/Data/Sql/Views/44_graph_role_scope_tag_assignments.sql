-- The groups that scope tags are assigned to.
create or replace view graph_role_scope_tag_assignments with (security_invoker = true) as
select
    t.tenant_id,
    t.number::text as tag_id,
    t.number || '_' || g.id as id,
    jsonb_build_object('@odata.type', '#microsoft.graph.groupAssignmentTarget', 'groupId', g.id) as target,
    g.id::uuid as target_group_id,
    null::text as target_filter_id,
    'none'::text as target_filter_type
from role_scope_tags t
cross join lateral jsonb_array_elements_text(t.assignments) as g (id);
