using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VppManager.Api.Data.Migrations
{
    /// <inheritdoc />
    public partial class RequestPermits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table request_pace add column permits timestamptz[] not null default '{}';");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table request_pace drop column permits;");
        }
    }
}
