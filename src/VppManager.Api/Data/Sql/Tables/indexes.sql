-- Graph finds a user by principal name in any case.
create index ix_users_user_principal_name_lower on users (tenant_id, lower(user_principal_name));
