create or replace view graph_app_images with (security_invoker = true) as
select i.tenant_id, i.app_id, i.type, i.value from app_icons i;
