using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mom.Workers.Database.Migrations
{
    /// <inheritdoc />
    public partial class OutboxDeadLetters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "correlation_id",
                table: "outbox",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "dead_at",
                table: "outbox",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "headers",
                table: "outbox",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_dead",
                table: "outbox",
                columns: new[] { "key", "id" },
                filter: "dead_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outbox_dead",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "correlation_id",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "dead_at",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "headers",
                table: "outbox");
        }
    }
}
