using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class DeltaReads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.Sql("update sync_runs set stage_id = id, outcome = case outcome when 'abandoned' then 'interrupted' else outcome end;");
            migrationBuilder.Sql(EmbeddedSql.Read("Tables.staging.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop table staged_users, staged_lists;");

            migrationBuilder.DropTable(
                name: "read_positions");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "sync_runs");

            migrationBuilder.DropColumn(
                name: "stage_id",
                table: "sync_runs");

            migrationBuilder.DropColumn(
                name: "apple_difference",
                table: "pools");
        }
    }
}
