using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Mom.Workers.Database.Model;

#nullable disable

namespace Mom.Workers.Database.Migrations
{
    // Of operations of before this, and of those that a worker of before this writes, the times are not known.
    [DbContext(typeof(MomDbContext))]
    [Migration("20261128134000_JobTimes")]
    public partial class JobTimes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "finished_at",
                table: "job_steps",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "queued_at",
                table: "job_steps",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "started_at",
                table: "job_steps",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "finished_at",
                table: "job_steps");

            migrationBuilder.DropColumn(
                name: "queued_at",
                table: "job_steps");

            migrationBuilder.DropColumn(
                name: "started_at",
                table: "job_steps");
        }
    }
}
