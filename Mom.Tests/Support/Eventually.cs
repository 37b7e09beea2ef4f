namespace Mom.Tests.Support;

/// <summary>
/// For what is outside of this process and has no signal, such as the length of a queue or a row of a table: looks again until it is so,
/// or fails when the <see cref="Patience"/> of two minutes is over. What happens in this process has a signal: <see cref="Changes"/>,
/// <see cref="Counter"/>, or a task.
/// </summary>
public static class Eventually
{
    public static Task TrueAsync(Func<Task<bool>> condition, string expectation) => TrueAsync(condition, () => expectation);

    /// <param name="condition">What is looked at.</param>
    /// <param name="expectation">Says what should be so; asked when it is not.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> expectation)
    {
        var deadline = DateTime.UtcNow + Patience.Limit;
        while (!await condition())
        {
            if (DateTime.UtcNow >= deadline)
            {
                Assert.Fail(Patience.Failure(expectation()));
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
