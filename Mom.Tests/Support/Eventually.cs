namespace Mom.Tests.Support;

/// <summary>For what has no signal to wait for: looks again until it is so, or fails after 30 s.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, string expectation)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, $"Within 30 s {expectation}.");
            await Task.Delay(100);
        }
    }
}
