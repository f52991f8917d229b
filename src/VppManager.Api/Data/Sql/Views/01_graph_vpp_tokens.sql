create or replace view graph_vpp_tokens with (security_invoker = true) as
select
    t.tenant_id,
    t.id,
    t.delivery_protocol as apple_device_app_delivery_protocol_type,
    t.apple_id,
    t.automatically_update_apps,
    t.claim_from_external_mdm as claim_token_management_from_external_mdm,
    t.country_or_region,
    t.data_sharing_consent_granted,
    t.display_name,
    t.expires_at as expiration_date_time,
    t.modified_at as last_modified_date_time,
    -- Read as 0001-01-01T00:00:00Z, which Graph says when it has never been.
    coalesce(t.last_sync_at, '-infinity') as last_sync_date_time,
    t.last_sync_status,
    t.location_name,
    t.organization_name,
    t.role_scope_tag_ids,
    -- At the moment itself, whether or not anybody has looked at the token since.
    case when t.expires_at <= now() then 'expired' else t.state end as state,
    t.account_type as vpp_token_account_type,
    (select coalesce(jsonb_agg(jsonb_build_object(
        '@odata.type', '#microsoft.graph.vppTokenRevokeLicensesActionResult',
        'actionName', r.name,
        'actionState', r.state,
        'actionFailureReason', r.failure_reason,
        'failedLicensesCount', r.refused,
        'totalLicensesCount', r.licenses,
        'startDateTime', r.started_at,
        'lastUpdatedDateTime', r.updated_at) order by r.started_at desc), '[]')
     from (
        select * from graph_action_results a
        where a.tenant_id = t.tenant_id and a.token_id = t.id order by a.started_at desc limit 10) r) as token_action_results
from tokens t;
