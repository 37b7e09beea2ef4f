using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Mom.Workers.Database.Model;

#nullable disable

namespace Mom.Workers.Database.Migrations
{
    // Written by hand, and no part of the model: only the outage gate knows the table. Its one row is changed in place (HOT), in the nine tenths
    // of its page that are left free for that, so it does not grow however long an outage lasts.
    [DbContext(typeof(MomDbContext))]
    [Migration("20261128065000_WriteProbe")]
    public partial class WriteProbe : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("create table write_probe (id smallint primary key, asked_at timestamptz not null) with (fillfactor = 10)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "write_probe");
        }
    }
}
