namespace VppManager.Api.Apps;

/// <summary>The statements of <see cref="MetadataRefresh"/>. $1 tenant, $2 token.</summary>
internal static class MetadataSql
{
    /// <summary>
    /// $3 rows, $4 country, $5 now, $6 the country looked for, if it was. What the store leaves out stays, and so does what an administrator
    /// edited: the names in <c>edited</c> are Graph's.
    /// </summary>
    public const string Write = """
        with said as (
            select a.id,
                case when 'displayName' = any (a.edited) then a.display_name else coalesce(m.name, a.display_name) end as display_name,
                case when 'publisher' = any (a.edited) then a.publisher else coalesce(m.publisher, a.publisher) end as publisher,
                case when 'description' = any (a.edited) then a.description else coalesce(m.description, a.description) end as description,
                coalesce(m.bundle_id, a.bundle_id) as bundle_id,
                coalesce(m.app_store_url, a.app_store_url) as app_store_url,
                case when 'largeIcon' = any (a.edited) then a.icon_url else coalesce(m.icon_url, a.icon_url) end as icon_url,
                coalesce(m.genres, a.genres) as genres,
                coalesce(m.device_families, a.device_families) as device_families,
                coalesce(m.minimum_os_version, a.minimum_os_version) as minimum_os_version,
                coalesce(m.release_date, a.release_date) as release_date,
                coalesce(m.latest_version, a.latest_version) as latest_version,
                case when m.latest_version is null then a.latest_version_at
                     else coalesce(m.latest_version_at, case when m.latest_version is distinct from a.latest_version then $5 else a.latest_version_at end)
                end as latest_version_at,
                case when a.kind = 'ios' then coalesce(m.ipad, a.ipad) else a.ipad end as ipad,
                case when a.kind = 'ios' then coalesce(m.iphone, a.iphone) else a.iphone end as iphone
            from apps a
            join pools p on p.tenant_id = $1 and p.id = a.pool_id
            join jsonb_to_recordset($3::jsonb) as m (adam_id text, kind text, name text, publisher text, description text, bundle_id text,
                app_store_url text, icon_url text, genres text[], device_families text[], minimum_os_version text, release_date timestamptz,
                latest_version text, latest_version_at timestamptz, ipad boolean, iphone boolean)
              on m.adam_id = p.adam_id and m.kind = a.kind
            where a.tenant_id = $1 and a.token_id = $2)
        update apps a
        set display_name = s.display_name, publisher = s.publisher, description = s.description, bundle_id = s.bundle_id,
            app_store_url = s.app_store_url, icon_url = s.icon_url, genres = s.genres, device_families = s.device_families,
            minimum_os_version = s.minimum_os_version, release_date = s.release_date, latest_version = s.latest_version,
            latest_version_at = s.latest_version_at, ipad = s.ipad, iphone = s.iphone,
            metadata_country = $4, metadata_at = $5, metadata_sought = coalesce($6, a.metadata_sought),
            metadata_sought_at = case when $6 is null then a.metadata_sought_at else $5 end,
            modified_at = case
                when (a.display_name, a.publisher, a.description, a.bundle_id, a.app_store_url, a.icon_url, a.genres, a.minimum_os_version, a.latest_version)
                    is distinct from (s.display_name, s.publisher, s.description, s.bundle_id, s.app_store_url, s.icon_url, s.genres, s.minimum_os_version, s.latest_version)
                then $5 else a.modified_at end
        from said s
        where a.tenant_id = $1 and a.id = s.id
        """;

    /// <summary>$3 numbers, $4 now, $5 the country looked for, if it was. They were asked about, found or not.</summary>
    public const string Asked = """
        update apps a
        set metadata_at = $4, metadata_sought = coalesce($5, a.metadata_sought),
            metadata_sought_at = case when $5 is null then a.metadata_sought_at else $4 end
        from pools p
        where a.tenant_id = $1 and a.token_id = $2 and p.tenant_id = $1 and p.id = a.pool_id and p.adam_id = any ($3)
        """;
}
