namespace Mom.Tests.AspireTests.Running;

/// <summary>One running system on native servers for all tests that leave it as they found it.</summary>
[CollectionDefinition(Name)]
public sealed class NativeSystemCollection : ICollectionFixture<NativeSystem>
{
    public const string Name = "native system";
}
