using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Mom.Workers.Database.Model;

#nullable disable

namespace Mom.Workers.Database.Migrations
{
    // A worker of before this does not look at the column, and finds the credentials of a locked user: lock nobody until all are of this version.
    [DbContext(typeof(MomDbContext))]
    [Migration("20261128171000_UserLocks")]
    public partial class UserLocks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "locked_at",
                table: "users",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "locked_at",
                table: "users");
        }
    }
}
