namespace Mom.Tests.Unit.ServiceDefaults;

/// <summary>Only Mom.Workers may reach Postgres: the others do not even have a driver for it.</summary>
[Trait("Group", "unit")]
public sealed class DatabaseDriverTests
{
    [Theory]
    [InlineData("Mom.Api")]
    [InlineData("Mom.Socket")]
    [InlineData("Mom.Panel")]
    [InlineData("Mom.MathService")]
    public void No_other_service_has_a_database_driver(string service)
        => Assert.DoesNotContain("Npgsql", Dependencies(service), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void The_workers_have_one() => Assert.Contains("Npgsql", Dependencies("Mom.Workers"), StringComparison.Ordinal);

    // The build puts the list of what each referenced program depends on beside the tests.
    private static string Dependencies(string service)
        => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, service + ".deps.json"));
}
