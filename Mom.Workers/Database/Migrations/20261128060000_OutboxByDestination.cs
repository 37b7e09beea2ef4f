using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Mom.Workers.Database.Migrations
{
    /// <inheritdoc />
    public partial class OutboxByDestination : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outbox_next_attempt_at",
                table: "outbox");

            migrationBuilder.AlterTable(
                name: "outbox")
                .Annotation("Npgsql:StorageParameter:autovacuum_analyze_scale_factor", "0.05")
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_limit", "2000")
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", "0.01")
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", "1000");

            migrationBuilder.AlterTable(
                name: "inbox")
                .Annotation("Npgsql:StorageParameter:autovacuum_analyze_scale_factor", "0.02")
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_insert_scale_factor", "0.05")
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", "0.01");

            // The default stays: a db worker of the former version, beside this one during an upgrade, does not name the column.
            migrationBuilder.AddColumn<bool>(
                name: "mandatory",
                table: "outbox",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_due",
                table: "outbox",
                columns: new[] { "exchange", "routing_key", "next_attempt_at", "id" },
                filter: "dead_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outbox_due",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "mandatory",
                table: "outbox");

            migrationBuilder.AlterTable(
                name: "outbox")
                .OldAnnotation("Npgsql:StorageParameter:autovacuum_analyze_scale_factor", "0.05")
                .OldAnnotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_limit", "2000")
                .OldAnnotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", "0.01")
                .OldAnnotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", "1000");

            migrationBuilder.AlterTable(
                name: "inbox")
                .OldAnnotation("Npgsql:StorageParameter:autovacuum_analyze_scale_factor", "0.02")
                .OldAnnotation("Npgsql:StorageParameter:autovacuum_vacuum_insert_scale_factor", "0.05")
                .OldAnnotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", "0.01");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_next_attempt_at",
                table: "outbox",
                column: "next_attempt_at");
        }
    }
}
