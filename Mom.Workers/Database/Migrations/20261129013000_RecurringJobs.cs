using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Mom.Workers.Database.Model;

#nullable disable

namespace Mom.Workers.Database.Migrations
{
    // A worker of before this names none of the new columns: its jobs have normal priority and no key. It makes no jobs of recurring ones, and looks for no
    // key: order with keys when all are of this version. Its search for the next job whose turn it is sorts, without the index that went.
    [DbContext(typeof(MomDbContext))]
    [Migration("20261129013000_RecurringJobs")]
    public partial class RecurringJobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<short>(
                name: "priority",
                table: "jobs",
                type: "smallint",
                nullable: false,
                defaultValue: (short)2);

            migrationBuilder.AddColumn<string>(
                name: "unique_key",
                table: "jobs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "recurring_id",
                table: "jobs",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_jobs_user_id_waiting_priority_created_at",
                table: "jobs",
                columns: new[] { "user_id", "waiting", "priority", "created_at" },
                descending: new[] { false, false, true, false },
                filter: "status in ('Scheduled', 'Queued', 'Running')");

            migrationBuilder.DropIndex(
                name: "ix_jobs_user_id_waiting_created_at",
                table: "jobs");

            migrationBuilder.CreateTable(
                name: "job_keys",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_keys", x => new { x.user_id, x.key });
                    table.ForeignKey(
                        name: "fk_job_keys_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recurring_jobs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    cron = table.Column<string>(type: "text", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    job = table.Column<string>(type: "jsonb", nullable: false),
                    next_run_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    paused = table.Column<bool>(type: "boolean", nullable: false),
                    last_run_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_job_id = table.Column<Guid>(type: "uuid", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recurring_jobs", x => x.id);
                    table.ForeignKey(
                        name: "fk_recurring_jobs_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_job_keys_job_id",
                table: "job_keys",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_recurring_jobs_next_run_at",
                table: "recurring_jobs",
                column: "next_run_at",
                filter: "next_run_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_recurring_jobs_user_id",
                table: "recurring_jobs",
                column: "user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "job_keys");

            migrationBuilder.DropTable(name: "recurring_jobs");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_user_id_waiting_created_at",
                table: "jobs",
                columns: new[] { "user_id", "waiting", "created_at" },
                filter: "status in ('Scheduled', 'Queued', 'Running')");

            migrationBuilder.DropIndex(
                name: "ix_jobs_user_id_waiting_priority_created_at",
                table: "jobs");

            migrationBuilder.DropColumn(name: "recurring_id", table: "jobs");

            migrationBuilder.DropColumn(name: "unique_key", table: "jobs");

            migrationBuilder.DropColumn(name: "priority", table: "jobs");
        }
    }
}
