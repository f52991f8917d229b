create or replace view graph_role_scope_tags with (security_invoker = true) as
select nullif(current_setting('app.tenant', true), '')::uuid as tenant_id, '0'::text as id, 'Default'::text as display_name,
    'Whatever has been given no other tag.'::text as description, true as is_built_in,
    '[]'::text as stored_assignments
where nullif(current_setting('app.tenant', true), '') is not null
union all
select t.tenant_id, t.number::text, t.display_name, t.description, false, t.assignments::text from role_scope_tags t;
