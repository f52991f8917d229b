using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class Guard : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "scope_tags",
                table: "export_jobs",
                type: "text[]",
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

            migrationBuilder.Sql(EmbeddedSql.Read("Tables.scope_tags_of_apps.sql"));

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "role_assignments");

            migrationBuilder.DropTable(
                name: "role_definitions");

            migrationBuilder.DropTable(
                name: "role_scope_tags");

            migrationBuilder.DropColumn(
                name: "scope_tags",
                table: "export_jobs");

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
