using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class TokensAndMetadata : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.AddColumn<bool>(
                name: "is_legacy",
                table: "locations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string[]>(
                name: "device_families",
                table: "apps",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string[]>(
                name: "edited",
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "expiry_warned",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "is_legacy",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "is_legacy",
                table: "locations");

            migrationBuilder.DropColumn(
                name: "device_families",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "edited",
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
        }
    }
}
