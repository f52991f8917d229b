using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class GraphColumns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "user_type",
                table: "users",
                type: "text",
                nullable: false,
                defaultValue: "Member");

            migrationBuilder.AddColumn<string[]>(
                name: "group_types",
                table: "groups",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<bool>(
                name: "mail_enabled",
                table: "groups",
                type: "boolean",
                nullable: false,
                defaultValueSql: "false");

            migrationBuilder.AddColumn<bool>(
                name: "security_enabled",
                table: "groups",
                type: "boolean",
                nullable: false,
                defaultValueSql: "true");

            migrationBuilder.AlterColumn<string>(
                name: "resource_id",
                table: "created_by_request",
                type: "text",
                nullable: false,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.CreateIndex(
                name: "ix_users_user_principal_name_prefix",
                table: "users",
                columns: new[] { "tenant_id", "user_principal_name" })
                .Annotation("Npgsql:IndexOperators", new[] { "uuid_ops", "text_pattern_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_licenses_pool_id",
                table: "licenses",
                columns: new[] { "tenant_id", "pool_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_apps_display_name_prefix",
                table: "apps",
                columns: new[] { "tenant_id", "display_name" })
                .Annotation("Npgsql:IndexOperators", new[] { "uuid_ops", "text_pattern_ops" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_users_user_principal_name_prefix",
                table: "users");

            migrationBuilder.DropIndex(
                name: "ix_licenses_pool_id",
                table: "licenses");

            migrationBuilder.DropIndex(
                name: "ix_apps_display_name_prefix",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "user_type",
                table: "users");

            migrationBuilder.DropColumn(
                name: "group_types",
                table: "groups");

            migrationBuilder.DropColumn(
                name: "mail_enabled",
                table: "groups");

            migrationBuilder.DropColumn(
                name: "security_enabled",
                table: "groups");

            migrationBuilder.Sql("""
                delete from created_by_request;
                alter table created_by_request alter column resource_id type uuid using resource_id::uuid;
                """);
        }
    }
}
