using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class LicensePages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_licenses_pool_id",
                table: "licenses");

            migrationBuilder.CreateIndex(
                name: "ix_licenses_pages",
                table: "licenses",
                columns: new[] { "tenant_id", "pool_id", "id" },
                filter: "(state in ('assigning', 'held', 'releasing')) is true");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_licenses_pages",
                table: "licenses");

            migrationBuilder.CreateIndex(
                name: "ix_licenses_pool_id",
                table: "licenses",
                columns: new[] { "tenant_id", "pool_id", "id" });
        }
    }
}
