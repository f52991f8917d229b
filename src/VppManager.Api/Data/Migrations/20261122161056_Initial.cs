using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "arrivals",
                minValue: 1L);

            migrationBuilder.CreateTable(
                name: "audit_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    activity = table.Column<string>(type: "text", nullable: false),
                    resource_type = table.Column<string>(type: "text", nullable: false),
                    resource_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_id = table.Column<string>(type: "text", nullable: true),
                    actor_name = table.Column<string>(type: "text", nullable: true),
                    actor_is_application = table.Column<bool>(type: "boolean", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true),
                    correlation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    changes = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_events", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "devices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    serial_number = table.Column<string>(type: "text", nullable: false),
                    azure_ad_device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    directory_object_id = table.Column<Guid>(type: "uuid", nullable: false),
                    device_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    operating_system = table.Column<string>(type: "text", nullable: true),
                    os_version = table.Column<string>(type: "text", nullable: true),
                    model = table.Column<string>(type: "text", nullable: true),
                    manufacturer = table.Column<string>(type: "text", nullable: true),
                    is_supervised = table.Column<bool>(type: "boolean", nullable: false),
                    owner_type = table.Column<string>(type: "text", nullable: false),
                    enrollment_type = table.Column<string>(type: "text", nullable: false),
                    management_state = table.Column<string>(type: "text", nullable: false),
                    arrival = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "nextval('arrivals')"),
                    enrolled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_sync_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_devices", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "groups",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    mail_nickname = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_groups", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "license_ledger",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    license_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pool_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    from_state = table.Column<string>(type: "text", nullable: true),
                    to_state = table.Column<string>(type: "text", nullable: false),
                    cause = table.Column<string>(type: "text", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    event_id = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_license_ledger", x => new { x.tenant_id, x.license_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "locations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    uid = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: true),
                    country = table.Column<string>(type: "text", nullable: true),
                    default_platform = table.Column<string>(type: "text", nullable: true),
                    website_url = table.Column<string>(type: "text", nullable: true),
                    mdm_id = table.Column<string>(type: "text", nullable: true),
                    mdm_name = table.Column<string>(type: "text", nullable: true),
                    synced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_locations", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "tenants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    behavior = table.Column<string>(type: "text", nullable: false),
                    suspended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenants", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_principal_name = table.Column<string>(type: "text", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: true),
                    mail = table.Column<string>(type: "text", nullable: true),
                    mail_nickname = table.Column<string>(type: "text", nullable: true),
                    given_name = table.Column<string>(type: "text", nullable: true),
                    surname = table.Column<string>(type: "text", nullable: true),
                    usage_location = table.Column<string>(type: "text", nullable: true),
                    account_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    managed_apple_id = table.Column<string>(type: "text", nullable: true),
                    arrival = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "nextval('arrivals')"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "group_members",
                columns: table => new
                {
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    member_kind = table.Column<string>(type: "text", nullable: false),
                    joined = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "nextval('arrivals')")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_group_members", x => new { x.tenant_id, x.group_id, x.member_id });
                    table.ForeignKey(
                        name: "fk_group_members_groups_tenant_id_group_id",
                        columns: x => new { x.tenant_id, x.group_id },
                        principalTable: "groups",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "apple_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    location_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    pool_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    serial_numbers = table.Column<string[]>(type: "text[]", nullable: false),
                    client_user_ids = table.Column<string[]>(type: "text[]", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error_number = table.Column<int>(type: "integer", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_apple_requests", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_apple_requests_locations_tenant_id_location_id",
                        columns: x => new { x.tenant_id, x.location_id },
                        principalTable: "locations",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "apple_users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    location_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    account = table.Column<string>(type: "text", nullable: false),
                    client_user_id = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    id_hash = table.Column<string>(type: "text", nullable: true),
                    request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_apple_users", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_apple_users_locations_tenant_id_location_id",
                        columns: x => new { x.tenant_id, x.location_id },
                        principalTable: "locations",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "pools",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    location_id = table.Column<Guid>(type: "uuid", nullable: false),
                    adam_id = table.Column<string>(type: "text", nullable: false),
                    pricing_param = table.Column<string>(type: "text", nullable: false),
                    product_type = table.Column<string>(type: "text", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false),
                    taken = table.Column<int>(type: "integer", nullable: false),
                    arrivals = table.Column<long>(type: "bigint", nullable: false),
                    apple_assigned = table.Column<int>(type: "integer", nullable: false),
                    apple_available = table.Column<int>(type: "integer", nullable: false),
                    apple_retired = table.Column<int>(type: "integer", nullable: false),
                    device_assignable = table.Column<bool>(type: "boolean", nullable: false),
                    revocable = table.Column<bool>(type: "boolean", nullable: false),
                    platforms = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pools", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_pools_taken", "taken >= 0");
                    table.ForeignKey(
                        name: "fk_pools_locations_tenant_id_location_id",
                        columns: x => new { x.tenant_id, x.location_id },
                        principalTable: "locations",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "tokens",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    location_id = table.Column<Guid>(type: "uuid", nullable: true),
                    display_name = table.Column<string>(type: "text", nullable: true),
                    location_name = table.Column<string>(type: "text", nullable: true),
                    organization_name = table.Column<string>(type: "text", nullable: true),
                    apple_id = table.Column<string>(type: "text", nullable: true),
                    country_or_region = table.Column<string>(type: "text", nullable: true),
                    account_type = table.Column<string>(type: "text", nullable: false),
                    automatically_update_apps = table.Column<bool>(type: "boolean", nullable: false),
                    data_sharing_consent_granted = table.Column<bool>(type: "boolean", nullable: false),
                    claim_from_external_mdm = table.Column<bool>(type: "boolean", nullable: false),
                    role_scope_tag_ids = table.Column<string[]>(type: "text[]", nullable: false),
                    protected_secret = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_cause = table.Column<string>(type: "text", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    modified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_sync_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_sync_status = table.Column<string>(type: "text", nullable: false),
                    last_sync_error = table.Column<string>(type: "text", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tokens", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_tokens_locations_tenant_id_location_id",
                        columns: x => new { x.tenant_id, x.location_id },
                        principalTable: "locations",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "licenses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pool_id = table.Column<Guid>(type: "uuid", nullable: false),
                    holder_kind = table.Column<string>(type: "text", nullable: false),
                    holder = table.Column<string>(type: "text", nullable: false),
                    device_id = table.Column<Guid>(type: "uuid", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: false),
                    wanted = table.Column<bool>(type: "boolean", nullable: false),
                    tracked = table.Column<bool>(type: "boolean", nullable: false),
                    place = table.Column<long>(type: "bigint", nullable: false),
                    entitled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    request_id = table.Column<Guid>(type: "uuid", nullable: true),
                    revoked_at_arrival = table.Column<long>(type: "bigint", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_licenses", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_licenses_pools_tenant_id_pool_id",
                        columns: x => new { x.tenant_id, x.pool_id },
                        principalTable: "pools",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "apps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pool_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: true),
                    description = table.Column<string>(type: "text", nullable: true),
                    publisher = table.Column<string>(type: "text", nullable: true),
                    developer = table.Column<string>(type: "text", nullable: true),
                    owner = table.Column<string>(type: "text", nullable: true),
                    notes = table.Column<string>(type: "text", nullable: true),
                    information_url = table.Column<string>(type: "text", nullable: true),
                    privacy_information_url = table.Column<string>(type: "text", nullable: true),
                    is_featured = table.Column<bool>(type: "boolean", nullable: false),
                    bundle_id = table.Column<string>(type: "text", nullable: true),
                    app_store_url = table.Column<string>(type: "text", nullable: true),
                    icon_url = table.Column<string>(type: "text", nullable: true),
                    genres = table.Column<string[]>(type: "text[]", nullable: false),
                    release_date = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ipad = table.Column<bool>(type: "boolean", nullable: false),
                    iphone = table.Column<bool>(type: "boolean", nullable: false),
                    latest_version = table.Column<string>(type: "text", nullable: true),
                    metadata_country = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    modified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_apps", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_apps_pools_tenant_id_pool_id",
                        columns: x => new { x.tenant_id, x.pool_id },
                        principalTable: "pools",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_apps_tokens_tenant_id_token_id",
                        columns: x => new { x.tenant_id, x.token_id },
                        principalTable: "tokens",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sync_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    pages_read = table.Column<int>(type: "integer", nullable: false),
                    pages_total = table.Column<int>(type: "integer", nullable: false),
                    licenses_read = table.Column<int>(type: "integer", nullable: false),
                    licenses_total = table.Column<int>(type: "integer", nullable: false),
                    untracked = table.Column<int>(type: "integer", nullable: false),
                    corrected = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sync_runs", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_sync_runs_tokens_tenant_id_token_id",
                        columns: x => new { x.tenant_id, x.token_id },
                        principalTable: "tokens",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "assignments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    app_id = table.Column<Guid>(type: "uuid", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    excluded = table.Column<bool>(type: "boolean", nullable: false),
                    group_id = table.Column<Guid>(type: "uuid", nullable: true),
                    intent = table.Column<string>(type: "text", nullable: false),
                    license_type = table.Column<string>(type: "text", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: true),
                    filter_id = table.Column<string>(type: "text", nullable: true),
                    filter_type = table.Column<string>(type: "text", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "nextval('arrivals')"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    modified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assignments", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_assignments_apps_tenant_id_app_id",
                        columns: x => new { x.tenant_id, x.app_id },
                        principalTable: "apps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_apple_requests_location",
                table: "apple_requests",
                columns: new[] { "tenant_id", "location_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ux_apple_users_client_user_id",
                table: "apple_users",
                columns: new[] { "tenant_id", "location_id", "client_user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_apple_users_user_account",
                table: "apple_users",
                columns: new[] { "tenant_id", "location_id", "user_id", "account" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_apps_bundle_id",
                table: "apps",
                columns: new[] { "tenant_id", "bundle_id" });

            migrationBuilder.CreateIndex(
                name: "ix_apps_display_name",
                table: "apps",
                columns: new[] { "tenant_id", "display_name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_apps_pool",
                table: "apps",
                columns: new[] { "tenant_id", "pool_id" });

            migrationBuilder.CreateIndex(
                name: "ux_apps_token_pool_kind",
                table: "apps",
                columns: new[] { "tenant_id", "token_id", "pool_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_assignments_app",
                table: "assignments",
                columns: new[] { "tenant_id", "app_id" });

            migrationBuilder.CreateIndex(
                name: "ix_assignments_group",
                table: "assignments",
                columns: new[] { "tenant_id", "group_id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_at",
                table: "audit_events",
                columns: new[] { "tenant_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_devices_azure_ad_device_id",
                table: "devices",
                columns: new[] { "tenant_id", "azure_ad_device_id" });

            migrationBuilder.CreateIndex(
                name: "ix_devices_directory_object_id",
                table: "devices",
                columns: new[] { "tenant_id", "directory_object_id" });

            migrationBuilder.CreateIndex(
                name: "ix_devices_user",
                table: "devices",
                columns: new[] { "tenant_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ux_devices_serial_number",
                table: "devices",
                columns: new[] { "tenant_id", "serial_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_group_members_member",
                table: "group_members",
                columns: new[] { "tenant_id", "member_id" });

            migrationBuilder.CreateIndex(
                name: "ix_group_members_nested",
                table: "group_members",
                columns: new[] { "tenant_id", "group_id" },
                filter: "member_kind = 'group'");

            migrationBuilder.CreateIndex(
                name: "ix_groups_display_name",
                table: "groups",
                columns: new[] { "tenant_id", "display_name" });

            migrationBuilder.CreateIndex(
                name: "ix_licenses_device",
                table: "licenses",
                columns: new[] { "tenant_id", "device_id" },
                filter: "device_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_licenses_request",
                table: "licenses",
                columns: new[] { "tenant_id", "request_id" },
                filter: "request_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_licenses_to_send",
                table: "licenses",
                columns: new[] { "tenant_id", "pool_id", "state" },
                filter: "state in ('assigning', 'releasing') and request_id is null");

            migrationBuilder.CreateIndex(
                name: "ix_licenses_user",
                table: "licenses",
                columns: new[] { "tenant_id", "user_id" },
                filter: "user_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_licenses_waiting",
                table: "licenses",
                columns: new[] { "tenant_id", "pool_id", "place" },
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ux_licenses_holder",
                table: "licenses",
                columns: new[] { "tenant_id", "pool_id", "holder_kind", "holder" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_locations_uid",
                table: "locations",
                column: "uid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_pools_asset",
                table: "pools",
                columns: new[] { "tenant_id", "location_id", "adam_id", "pricing_param" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sync_runs_token",
                table: "sync_runs",
                columns: new[] { "tenant_id", "token_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_tokens_location",
                table: "tokens",
                columns: new[] { "tenant_id", "location_id" });

            migrationBuilder.CreateIndex(
                name: "ux_users_user_principal_name",
                table: "users",
                columns: new[] { "tenant_id", "user_principal_name" },
                unique: true);

            migrationBuilder.Sql(EmbeddedSql.Read("Tables.queue.sql"));
            migrationBuilder.Sql(EmbeddedSql.Read("Tables.license_triggers.sql"));
            migrationBuilder.Sql(EmbeddedSql.Read("Tables.indexes.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop table marks, work, request_pace, staged_assets, staged_assignments, data_protection_keys;");
            migrationBuilder.Sql("drop function licenses_inserted, licenses_updated cascade;");

            migrationBuilder.DropTable(
                name: "apple_requests");

            migrationBuilder.DropTable(
                name: "apple_users");

            migrationBuilder.DropTable(
                name: "assignments");

            migrationBuilder.DropTable(
                name: "audit_events");

            migrationBuilder.DropTable(
                name: "devices");

            migrationBuilder.DropTable(
                name: "group_members");

            migrationBuilder.DropTable(
                name: "license_ledger");

            migrationBuilder.DropTable(
                name: "licenses");

            migrationBuilder.DropTable(
                name: "sync_runs");

            migrationBuilder.DropTable(
                name: "tenants");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "apps");

            migrationBuilder.DropTable(
                name: "groups");

            migrationBuilder.DropTable(
                name: "pools");

            migrationBuilder.DropTable(
                name: "tokens");

            migrationBuilder.DropTable(
                name: "locations");

            migrationBuilder.DropSequence(
                name: "arrivals");
        }
    }
}
