using Mom.Hosting.NativeServers;

namespace Mom.Tests.Unit.Hosting;

[Trait("Group", "unit")]
public sealed class InstalledProgramTests
{
    [Fact]
    public void What_is_missing_is_named_once_with_the_command_that_installs_it()
    {
        InstalledProgram[] missing =
        [
            new("rabbitmq-server", "rabbitmq-server", "rabbitmq", Path: null),
            new("epmd", "rabbitmq-server", "rabbitmq", Path: null),
            new("redis-server", "redis-server", "redis", Path: null),
        ];

        var command = OperatingSystem.IsMacOS() ? "brew install rabbitmq redis" : "apt-get install rabbitmq-server redis-server";
        Assert.Equal($"Not installed: rabbitmq-server, epmd, redis-server. Install with: {command}", InstalledProgram.Explain(missing));
    }

    [Theory]
    [InlineData("/usr/lib/postgresql/15/bin", "15")]
    [InlineData("/opt/homebrew/opt/postgresql@17/bin", "17")]
    public void The_version_of_Postgres_is_in_its_path(string directory, string version) => Assert.Equal(version, InstalledProgram.PostgresVersion(directory));

    [Fact]
    public void Its_own_places_come_before_the_path()
    {
        var place = Directory.CreateTempSubdirectory().FullName;
        var program = Path.Combine(place, "sh");
        File.WriteAllText(program, "");

        Assert.Equal(program, InstalledProgram.PathOf("sh", place));
        Assert.NotNull(InstalledProgram.PathOf("sh"));
        Assert.Null(InstalledProgram.PathOf("a-program-that-nobody-has"));
        Directory.Delete(place, recursive: true);
    }
}
