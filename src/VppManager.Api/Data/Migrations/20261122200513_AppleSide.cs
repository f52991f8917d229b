using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class AppleSide : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_apple_users_user_account",
                table: "apple_users");

            migrationBuilder.AddColumn<int>(
                name: "expiry_warned",
                table: "tokens",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_legacy",
                table: "tokens",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "sync_runs",
                type: "text",
                nullable: false,
                defaultValue: "full");

            migrationBuilder.AddColumn<Guid>(
                name: "stage_id",
                table: "sync_runs",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<int>(
                name: "apple_difference",
                table: "pools",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "is_legacy",
                table: "locations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "users_version",
                table: "locations",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string[]>(
                name: "device_families",
                table: "apps",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "latest_version_at",
                table: "apps",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "metadata_at",
                table: "apps",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "metadata_sought",
                table: "apps",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "metadata_sought_at",
                table: "apps",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "minimum_os_version",
                table: "apps",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "managed_apple_id",
                table: "apple_users",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "protected_invite_code",
                table: "apple_users",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retire_asked_at",
                table: "apple_users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "notifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    location_id = table.Column<Guid>(type: "uuid", nullable: false),
                    notification_id = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    event_id = table.Column<string>(type: "text", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: true),
                    worked_off_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notifications", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_notifications_locations_tenant_id_location_id",
                        columns: x => new { x.tenant_id, x.location_id },
                        principalTable: "locations",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "read_positions",
                columns: table => new
                {
                    location_id = table.Column<Guid>(type: "uuid", nullable: false),
                    list = table.Column<string>(type: "text", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version_id = table.Column<string>(type: "text", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_whole_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_read_positions", x => new { x.tenant_id, x.location_id, x.list });
                    table.ForeignKey(
                        name: "fk_read_positions_locations_tenant_id_location_id",
                        columns: x => new { x.tenant_id, x.location_id },
                        principalTable: "locations",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "webhooks",
                columns: table => new
                {
                    location_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    cause = table.Column<string>(type: "text", nullable: true),
                    secret_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    previous_secret_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    offered_secret_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    offered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhooks", x => new { x.tenant_id, x.location_id });
                    table.ForeignKey(
                        name: "fk_webhooks_locations_tenant_id_location_id",
                        columns: x => new { x.tenant_id, x.location_id },
                        principalTable: "locations",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_licenses_not_taken_back",
                table: "licenses",
                columns: new[] { "tenant_id", "pool_id", "reason" },
                filter: "state = 'held' and not wanted and reason is not null");

            migrationBuilder.CreateIndex(
                name: "ix_devices_user_enrollment",
                table: "devices",
                columns: new[] { "tenant_id", "user_id" },
                filter: "enrollment_type in ('appleUserEnrollment', 'appleUserEnrollmentWithServiceAccount', 'appleAccountDrivenUserEnrollment')");

            migrationBuilder.CreateIndex(
                name: "ix_apple_users_retire",
                table: "apple_users",
                columns: new[] { "tenant_id", "location_id", "retire_asked_at" },
                filter: "retire_asked_at is not null and status <> 'retired'");

            migrationBuilder.CreateIndex(
                name: "ix_apple_users_status",
                table: "apple_users",
                columns: new[] { "tenant_id", "location_id", "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_apple_users_user",
                table: "apple_users",
                columns: new[] { "tenant_id", "user_id" },
                filter: "user_id is not null");

            migrationBuilder.CreateIndex(
                name: "ux_apple_users_user_account",
                table: "apple_users",
                columns: new[] { "tenant_id", "location_id", "user_id", "account" },
                unique: true,
                filter: "retire_asked_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_apple_requests_event",
                table: "apple_requests",
                columns: new[] { "tenant_id", "event_id" },
                filter: "event_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_notifications_worked_off",
                table: "notifications",
                columns: new[] { "tenant_id", "location_id", "worked_off_at" });

            migrationBuilder.CreateIndex(
                name: "ux_notifications_notification_id",
                table: "notifications",
                columns: new[] { "tenant_id", "location_id", "notification_id" },
                unique: true);

            migrationBuilder.Sql("update sync_runs set stage_id = id, outcome = case outcome when 'abandoned' then 'interrupted' else outcome end;");
            migrationBuilder.Sql(EmbeddedSql.Read("Tables.staging.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop table staged_users, staged_lists;");

            migrationBuilder.DropTable(
                name: "notifications");

            migrationBuilder.DropTable(
                name: "read_positions");

            migrationBuilder.DropTable(
                name: "webhooks");

            migrationBuilder.DropIndex(
                name: "ix_licenses_not_taken_back",
                table: "licenses");

            migrationBuilder.DropIndex(
                name: "ix_devices_user_enrollment",
                table: "devices");

            migrationBuilder.DropIndex(
                name: "ix_apple_users_retire",
                table: "apple_users");

            migrationBuilder.DropIndex(
                name: "ix_apple_users_status",
                table: "apple_users");

            migrationBuilder.DropIndex(
                name: "ix_apple_users_user",
                table: "apple_users");

            migrationBuilder.DropIndex(
                name: "ux_apple_users_user_account",
                table: "apple_users");

            migrationBuilder.DropIndex(
                name: "ix_apple_requests_event",
                table: "apple_requests");

            migrationBuilder.DropColumn(
                name: "expiry_warned",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "is_legacy",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "sync_runs");

            migrationBuilder.DropColumn(
                name: "stage_id",
                table: "sync_runs");

            migrationBuilder.DropColumn(
                name: "apple_difference",
                table: "pools");

            migrationBuilder.DropColumn(
                name: "is_legacy",
                table: "locations");

            migrationBuilder.DropColumn(
                name: "users_version",
                table: "locations");

            migrationBuilder.DropColumn(
                name: "device_families",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "latest_version_at",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "metadata_at",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "metadata_sought",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "metadata_sought_at",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "minimum_os_version",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "managed_apple_id",
                table: "apple_users");

            migrationBuilder.DropColumn(
                name: "protected_invite_code",
                table: "apple_users");

            migrationBuilder.DropColumn(
                name: "retire_asked_at",
                table: "apple_users");

            migrationBuilder.CreateIndex(
                name: "ux_apple_users_user_account",
                table: "apple_users",
                columns: new[] { "tenant_id", "location_id", "user_id", "account" },
                unique: true);
        }
    }
}
