using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class GraphFacade : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_users_user_principal_name",
                table: "users");

            migrationBuilder.AddColumn<string>(
                name: "delivery_protocol",
                table: "tokens",
                type: "text",
                nullable: false,
                defaultValue: "default");

            migrationBuilder.AddColumn<Guid>(
                name: "action_id",
                table: "licenses",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "delivery_protocol",
                table: "apps",
                type: "text",
                nullable: false,
                defaultValue: "default");

            migrationBuilder.AddColumn<string[]>(
                name: "edited",
                table: "apps",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string[]>(
                name: "role_scope_tag_ids",
                table: "apps",
                type: "text[]",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "app_categories",
                columns: table => new
                {
                    app_id = table.Column<Guid>(type: "uuid", nullable: false),
                    category_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_in = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_categories", x => new { x.tenant_id, x.app_id, x.category_id });
                    table.ForeignKey(
                        name: "fk_app_categories_apps_tenant_id_app_id",
                        columns: x => new { x.tenant_id, x.app_id },
                        principalTable: "apps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_icons",
                columns: table => new
                {
                    app_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: true),
                    value = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_icons", x => new { x.tenant_id, x.app_id });
                    table.ForeignKey(
                        name: "fk_app_icons_apps_tenant_id_app_id",
                        columns: x => new { x.tenant_id, x.app_id },
                        principalTable: "apps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "categories",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    modified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_categories", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "created_by_request",
                columns: table => new
                {
                    request_id = table.Column<string>(type: "text", nullable: false),
                    collection = table.Column<string>(type: "text", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_created_by_request", x => new { x.tenant_id, x.request_id, x.collection });
                });

            migrationBuilder.CreateTable(
                name: "device_apps",
                columns: table => new
                {
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    app_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    version = table.Column<string>(type: "text", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_apps", x => new { x.tenant_id, x.device_id, x.app_id });
                    table.ForeignKey(
                        name: "fk_device_apps_apps_tenant_id_app_id",
                        columns: x => new { x.tenant_id, x.app_id },
                        principalTable: "apps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "export_jobs",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    report_name = table.Column<string>(type: "text", nullable: false),
                    filter = table.Column<string>(type: "text", nullable: true),
                    search = table.Column<string>(type: "text", nullable: true),
                    select = table.Column<string[]>(type: "text[]", nullable: false),
                    format = table.Column<string>(type: "text", nullable: false),
                    localization_type = table.Column<string>(type: "text", nullable: false),
                    snapshot_id = table.Column<string>(type: "text", nullable: true),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_export_jobs", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "remote_actions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    token_id = table.Column<Guid>(type: "uuid", nullable: true),
                    app_id = table.Column<Guid>(type: "uuid", nullable: true),
                    device_id = table.Column<Guid>(type: "uuid", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    licenses = table.Column<int>(type: "integer", nullable: false),
                    actor = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_remote_actions", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_remote_actions_apps_tenant_id_app_id",
                        columns: x => new { x.tenant_id, x.app_id },
                        principalTable: "apps",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_remote_actions_tokens_tenant_id_token_id",
                        columns: x => new { x.tenant_id, x.token_id },
                        principalTable: "tokens",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_licenses_action",
                table: "licenses",
                columns: new[] { "tenant_id", "action_id", "changed_at" },
                filter: "action_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_licenses_action_open",
                table: "licenses",
                columns: new[] { "tenant_id", "action_id", "state" },
                filter: "action_id is not null and not wanted");

            migrationBuilder.CreateIndex(
                name: "ix_created_by_request_at",
                table: "created_by_request",
                columns: new[] { "tenant_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_device_apps_app",
                table: "device_apps",
                columns: new[] { "tenant_id", "app_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_export_jobs_expires_at",
                table: "export_jobs",
                columns: new[] { "tenant_id", "expires_at" });

            migrationBuilder.CreateIndex(
                name: "ix_remote_actions_app",
                table: "remote_actions",
                columns: new[] { "tenant_id", "app_id" },
                filter: "app_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_remote_actions_device",
                table: "remote_actions",
                columns: new[] { "tenant_id", "device_id" },
                filter: "device_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_remote_actions_token",
                table: "remote_actions",
                columns: new[] { "tenant_id", "token_id" },
                filter: "token_id is not null");

            migrationBuilder.Sql(EmbeddedSql.Read("Tables.one_user_per_name.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "app_categories");

            migrationBuilder.DropTable(
                name: "app_icons");

            migrationBuilder.DropTable(
                name: "categories");

            migrationBuilder.DropTable(
                name: "created_by_request");

            migrationBuilder.DropTable(
                name: "device_apps");

            migrationBuilder.DropTable(
                name: "export_jobs");

            migrationBuilder.DropTable(
                name: "remote_actions");

            migrationBuilder.DropIndex(
                name: "ix_licenses_action",
                table: "licenses");

            migrationBuilder.DropIndex(
                name: "ix_licenses_action_open",
                table: "licenses");

            migrationBuilder.DropColumn(
                name: "delivery_protocol",
                table: "tokens");

            migrationBuilder.DropColumn(
                name: "action_id",
                table: "licenses");

            migrationBuilder.DropColumn(
                name: "delivery_protocol",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "edited",
                table: "apps");

            migrationBuilder.DropColumn(
                name: "role_scope_tag_ids",
                table: "apps");

            migrationBuilder.Sql("drop index ux_users_user_principal_name;");
            migrationBuilder.Sql(EmbeddedSql.Read("Tables.indexes.sql"));

            migrationBuilder.CreateIndex(
                name: "ux_users_user_principal_name",
                table: "users",
                columns: new[] { "tenant_id", "user_principal_name" },
                unique: true);
        }
    }
}
