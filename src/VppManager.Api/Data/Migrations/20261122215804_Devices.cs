using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class Devices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_devices_enrollment_id",
                table: "devices");

            migrationBuilder.DropIndex(
                name: "ix_assignments_everybody",
                table: "assignments");

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
