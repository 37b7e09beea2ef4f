namespace Mom.Tests.AspireTests;

/// <summary>Stands for the tests of the AppHost where they cannot be compiled.</summary>
[Trait("Group", "aspire")]
public sealed class WithoutPackagesTests
{
    [Fact]
    public void The_app_host_is_tested_where_Aspire_packages_can_be_had() =>
        Assert.Skip("This build has UseAspirePackages=false: the package source has no Aspire.* packages, so there is no AppHost to test.");
}
