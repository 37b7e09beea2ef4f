using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Mom.Workers.Database.Model;

#nullable disable

namespace Mom.Workers.Database.Migrations
{
    // A worker of before this sends the first operation of each job at once, and does not name the column: no job of its own waits.
    [DbContext(typeof(MomDbContext))]
    [Migration("20261128080000_FairTurns")]
    public partial class FairTurns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "waiting",
                table: "jobs",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_jobs_user_id_waiting_created_at",
                table: "jobs",
                columns: new[] { "user_id", "waiting", "created_at" },
                filter: "status in ('Scheduled', 'Queued', 'Running')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_jobs_user_id_waiting_created_at",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "waiting",
                table: "jobs");
        }
    }
}
