using System.Reflection;
using Mom.Testing;

namespace Mom.Tests.Docs;

/// <summary>
/// The public members of each package are text in the repository, so that a review sees what comes, changes or goes. After a change that is meant:
/// <c>MOM_WRITE_API=1 dotnet Mom.Tests/bin/Debug/net10.0/Mom.Tests.dll -class Mom.Tests.Docs.PublicApiTests</c>, and commit what it has written.
/// </summary>
[Trait("Group", "unit")]
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Mom.Messaging.Abstractions")]
    [InlineData("Mom.Messaging")]
    [InlineData("Mom.Messaging.EntityFrameworkCore")]
    [InlineData("Mom.Messaging.Testing")]
    public void The_public_members_of_a_package_are_those_that_are_written_down(string package)
    {
        var file = Path.Combine(Repository.Root, "Mom.Tests", "Docs", "Api", $"{package}.txt");
        var members = PublicApi.Of(Assembly.Load(package)).ToList();
        if (Environment.GetEnvironmentVariable("MOM_WRITE_API") is "1")
        {
            File.WriteAllText(file, string.Join('\n', members) + "\n");
        }

        var written = File.ReadAllLines(file);
        Assert.True(
            members.SequenceEqual(written, StringComparer.Ordinal),
            $"{package} has other public members than Mom.Tests/Docs/Api/{package}.txt. If that is meant, run this class with MOM_WRITE_API=1 and commit the file.\n"
            + string.Join('\n', members.Except(written, StringComparer.Ordinal).Select(member => $"+ {member}").Concat(written.Except(members, StringComparer.Ordinal).Select(member => $"- {member}"))));
    }
}
