using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class Guarding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "tells_devices",
                table: "tenants",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "removed_at",
                table: "portal_installs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "scope_tags",
                table: "export_jobs",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "enrollment_id",
                table: "devices",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_app_store_blocked",
                table: "devices",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_kiosk",
                table: "devices",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "action",
                table: "device_apps",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "action_id",
                table: "device_apps",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "device_error",
                table: "device_apps",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "device_error_text",
                table: "device_apps",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_managed",
                table: "device_apps",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "device_apps",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "actor_permissions",
                table: "audit_events",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string[]>(
                name: "actor_scope_tags",
                table: "audit_events",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string[]>(
                name: "scope_tags",
                table: "audit_events",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "scope_tags",
                table: "apps",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{0}'");

            migrationBuilder.CreateTable(
                name: "former_assignments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    app_id = table.Column<Guid>(type: "uuid", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    group_id = table.Column<Guid>(type: "uuid", nullable: true),
                    license_type = table.Column<string>(type: "text", nullable: false),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_former_assignments", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_former_assignments_apps_tenant_id_app_id",
                        columns: x => new { x.tenant_id, x.app_id },
                        principalTable: "apps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mdm_commands",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    app_id = table.Column<Guid>(type: "uuid", nullable: true),
                    action_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mdm_commands", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_mdm_commands_devices_tenant_id_device_id",
                        columns: x => new { x.tenant_id, x.device_id },
                        principalTable: "devices",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "role_assignments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role_definition_id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: true),
                    description = table.Column<string>(type: "text", nullable: true),
                    members = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    resource_scopes = table.Column<string[]>(type: "text[]", nullable: false),
                    scope_type = table.Column<string>(type: "text", nullable: false),
                    role_scope_tag_ids = table.Column<string[]>(type: "text[]", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    modified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_assignments", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "role_definitions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    allowed = table.Column<string[]>(type: "text[]", nullable: false),
                    not_allowed = table.Column<string[]>(type: "text[]", nullable: false),
                    role_scope_tag_ids = table.Column<string[]>(type: "text[]", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    modified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_definitions", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "role_scope_tags",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    description = table.Column<string>(type: "text", nullable: true),
                    assignments = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_scope_tags", x => new { x.tenant_id, x.number });
                });

            migrationBuilder.CreateIndex(
                name: "ix_devices_kiosks",
                table: "devices",
                column: "tenant_id",
                filter: "is_kiosk");

            migrationBuilder.CreateIndex(
                name: "ix_devices_unmanaged",
                table: "devices",
                columns: new[] { "tenant_id", "serial_number" },
                filter: "management_state <> 'managed'");

            migrationBuilder.CreateIndex(
                name: "ux_devices_enrollment_id",
                table: "devices",
                columns: new[] { "tenant_id", "enrollment_id" },
                unique: true,
                filter: "enrollment_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_assignments_everybody",
                table: "assignments",
                columns: new[] { "tenant_id", "target" },
                filter: "target <> 'group'");

            migrationBuilder.CreateIndex(
                name: "ix_former_assignments_app",
                table: "former_assignments",
                columns: new[] { "tenant_id", "app_id" });

            migrationBuilder.CreateIndex(
                name: "ix_former_assignments_group",
                table: "former_assignments",
                columns: new[] { "tenant_id", "group_id" });

            migrationBuilder.CreateIndex(
                name: "ix_mdm_commands_open",
                table: "mdm_commands",
                columns: new[] { "tenant_id", "device_id", "seq" },
                filter: "state in ('waiting', 'sent')");

            migrationBuilder.Sql(EmbeddedSql.Read("Tables.scope_tags_of_apps.sql"));
            migrationBuilder.Sql(EmbeddedSql.Read("Tables.devices_to_tell.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop function licenses_to_tell cascade;");
            migrationBuilder.DropTable(
                name: "former_assignments");

            migrationBuilder.DropTable(
                name: "mdm_commands");

            migrationBuilder.DropTable(
                name: "role_assignments");

            migrationBuilder.DropTable(
                name: "role_definitions");

            migrationBuilder.DropTable(
                name: "role_scope_tags");

            migrationBuilder.DropIndex(
                name: "ix_devices_kiosks",
                table: "devices");

            migrationBuilder.DropIndex(
                name: "ix_devices_unmanaged",
                table: "devices");

            migrationBuilder.DropIndex(
                name: "ux_devices_enrollment_id",
                table: "devices");

            migrationBuilder.DropIndex(
                name: "ix_assignments_everybody",
                table: "assignments");

            migrationBuilder.DropColumn(
                name: "tells_devices",
                table: "tenants");

            migrationBuilder.DropColumn(
                name: "removed_at",
                table: "portal_installs");

            migrationBuilder.DropColumn(
                name: "scope_tags",
                table: "export_jobs");

            migrationBuilder.DropColumn(
                name: "enrollment_id",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "is_app_store_blocked",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "is_kiosk",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "action",
                table: "device_apps");

            migrationBuilder.DropColumn(
                name: "action_id",
                table: "device_apps");

            migrationBuilder.DropColumn(
                name: "device_error",
                table: "device_apps");

            migrationBuilder.DropColumn(
                name: "device_error_text",
                table: "device_apps");

            migrationBuilder.DropColumn(
                name: "is_managed",
                table: "device_apps");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "device_apps");

            migrationBuilder.DropColumn(
                name: "actor_permissions",
                table: "audit_events");

            migrationBuilder.DropColumn(
                name: "actor_scope_tags",
                table: "audit_events");

            migrationBuilder.DropColumn(
                name: "scope_tags",
                table: "audit_events");

            migrationBuilder.DropColumn(
                name: "scope_tags",
                table: "apps");
        }
    }
}
