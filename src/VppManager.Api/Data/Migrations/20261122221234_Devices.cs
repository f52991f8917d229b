using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class Devices : Migration
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

            migrationBuilder.CreateIndex(
                name: "ix_devices_kiosks",
                table: "devices",
                column: "tenant_id",
                filter: "is_kiosk");

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
                name: "ix_mdm_commands_open",
                table: "mdm_commands",
                columns: new[] { "tenant_id", "device_id", "seq" },
                filter: "state in ('waiting', 'sent')");

            migrationBuilder.Sql(EmbeddedSql.Read("Tables.devices_to_tell.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop function licenses_to_tell cascade;");

            migrationBuilder.DropTable(
                name: "mdm_commands");

            migrationBuilder.DropIndex(
                name: "ix_devices_kiosks",
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
        }
    }
}
