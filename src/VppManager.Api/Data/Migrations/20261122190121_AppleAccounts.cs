using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class AppleAccounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_apple_users_user_account",
                table: "apple_users");

            migrationBuilder.AddColumn<string>(
                name: "users_version",
                table: "locations",
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.DropColumn(
                name: "users_version",
                table: "locations");

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
