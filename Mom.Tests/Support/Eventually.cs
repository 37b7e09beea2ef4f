namespace Mom.Tests.Support;

/// <summary>For what has no signal to wait for: looks again until it is so, or fails after 30 s.</summary>
public static class Eventually
{
    public static Task TrueAsync(Func<Task<bool>> condition, string expectation) => TrueAsync(condition, () => expectation);

    /// <param name="condition">What is looked at.</param>
    /// <param name="expectation">Says what should be so; asked when it is not.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> expectation)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        while (!await condition())
        {
            if (DateTime.UtcNow >= deadline)
            {
                Assert.Fail($"Within 30 s {expectation()}.");
            }

            await Task.Delay(100);
        }
    }
}
