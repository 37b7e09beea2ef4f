using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Mom.Workers.Database.Model;

#nullable disable

namespace Mom.Workers.Database.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(MomDbContext))]
    [Migration("20261128070100_InboxRefusals")]
    public partial class InboxRefusals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "refusal_code",
                table: "inbox",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "refusal_detail",
                table: "inbox",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "refusal_code",
                table: "inbox");

            migrationBuilder.DropColumn(
                name: "refusal_detail",
                table: "inbox");
        }
    }
}
