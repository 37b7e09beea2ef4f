using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Mom.Workers.Database.Model;

#nullable disable

namespace Mom.Workers.Database.Migrations
{
    // Indexes only. While they are made nothing writes jobs: the messages wait on their queues.
    [DbContext(typeof(MomDbContext))]
    [Migration("20261128205500_JobLists")]
    public partial class JobLists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_jobs_user_id_status_created_at",
                table: "jobs",
                columns: new[] { "user_id", "status", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_jobs_user_id_updated_at",
                table: "jobs",
                columns: new[] { "user_id", "updated_at" },
                filter: "status in ('Succeeded', 'Failed')");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_created_at_id",
                table: "jobs",
                columns: new[] { "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_jobs_status_created_at",
                table: "jobs",
                columns: new[] { "status", "created_at" },
                filter: "status in ('Failed', 'Cancelled')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_jobs_status_created_at",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_created_at_id",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_user_id_updated_at",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_user_id_status_created_at",
                table: "jobs");
        }
    }
}
