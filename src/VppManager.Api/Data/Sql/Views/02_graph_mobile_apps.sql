-- The offsets keep PostgreSQL from hashing a whole table for the rows of one page.
create or replace view graph_mobile_apps with (security_invoker = true) as
select
    a.tenant_id,
    a.id,
    a.kind,
    a.created_at as created_date_time,
    0 as dependent_app_count,
    a.description,
    a.developer,
    a.display_name,
    a.information_url,
    exists (select from assignments s where s.tenant_id = a.tenant_id and s.app_id = a.id offset 0) as is_assigned,
    a.is_featured,
    a.modified_at as last_modified_date_time,
    a.notes,
    a.owner,
    a.privacy_information_url,
    a.publisher,
    'published'::text as publishing_state,
    a.scope_tags as role_scope_tag_ids,
    0 as superseded_app_count,
    0 as superseding_app_count,
    1 as upload_state,
    a.app_store_url,
    a.delivery_protocol as apple_device_app_delivery_protocol_type,
    jsonb_build_object('iPad', a.ipad, 'iPhoneAndIPod', a.iphone) as applicable_device_type,
    a.bundle_id,
    jsonb_build_object(
        'supportDeviceLicensing', p.device_assignable,
        'supportsDeviceLicensing', p.device_assignable,
        'supportUserLicensing', true,
        'supportsUserLicensing', true) as licensing_type,
    a.release_date as release_date_time,
    (select coalesce(jsonb_agg(jsonb_build_object(
        'userId', r.user_id,
        'managedDeviceId', r.device_id,
        'actionName', r.name,
        'actionState', r.state,
        'actionFailureReason', r.failure_reason,
        'failedLicensesCount', r.refused,
        'totalLicensesCount', r.licenses,
        'startDateTime', r.started_at,
        'lastUpdatedDateTime', r.updated_at) order by r.started_at desc), '[]')
     from (
        select * from graph_action_results e
        where e.tenant_id = a.tenant_id and e.app_id = a.id order by e.started_at desc limit 10) r) as revoke_license_action_results,
    exists (select from app_icons i where i.tenant_id = a.tenant_id and i.app_id = a.id offset 0) as has_icon,
    p.total as total_license_count,
    p.taken as used_license_count,
    coalesce(t.account_type, 'business') as vpp_token_account_type,
    t.apple_id as vpp_token_apple_id,
    t.display_name as vpp_token_display_name,
    a.token_id as vpp_token_id,
    t.organization_name as vpp_token_organization_name
-- A reader may see the app and not its token.
from apps a
join pools p on p.tenant_id = a.tenant_id and p.id = a.pool_id
left join tokens t on t.tenant_id = a.tenant_id and t.id = a.token_id
where a.kind <> 'book';
