using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Mom.Workers.Database.Model;

#nullable disable

namespace Mom.Workers.Database.Migrations
{
    // Columns without values: the operations of a plain list, and all of before this, have none.
    [DbContext(typeof(MomDbContext))]
    [Migration("20261129012000_JobGraphs")]
    public partial class JobGraphs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "after",
                table: "job_steps",
                type: "text[]",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "compensates",
                table: "job_steps",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "condition",
                table: "job_steps",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "name",
                table: "job_steps",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "after",
                table: "job_steps");

            migrationBuilder.DropColumn(
                name: "compensates",
                table: "job_steps");

            migrationBuilder.DropColumn(
                name: "condition",
                table: "job_steps");

            migrationBuilder.DropColumn(
                name: "name",
                table: "job_steps");
        }
    }
}
