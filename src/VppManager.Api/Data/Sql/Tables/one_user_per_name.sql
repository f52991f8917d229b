-- A user is known by the principal name in any case, so no two may differ by case alone.
drop index ix_users_user_principal_name_lower;
create unique index ux_users_user_principal_name on users (tenant_id, lower(user_principal_name));
