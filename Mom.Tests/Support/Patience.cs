namespace Mom.Tests.Support;

/// <summary>
/// How long a test waits for what must come. It says nothing of speed: it only ends the waiting for what never comes, so it is far
/// longer than anything takes on a machine that is busy with other things. Patience costs nothing while tests are green.
/// </summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Awaits a signal.</summary>
    /// <param name="signal">What must come.</param>
    /// <param name="expectation">Says what should be so.</param>
    public static async Task PatientlyAsync(this Task signal, string expectation)
    {
        await Task.WhenAny(signal, Task.Delay(Limit, TestContext.Current.CancellationToken));
        Assert.True(signal.IsCompleted, Failure(expectation));
        await signal;
    }

    /// <inheritdoc cref="PatientlyAsync(Task, string)"/>
    public static async Task<T> PatientlyAsync<T>(this Task<T> signal, string expectation)
    {
        await PatientlyAsync((Task)signal, expectation);
        return await signal;
    }

    /// <summary>The sentence of a test that has waited in vain.</summary>
    public static string Failure(string expectation) => $"Within {Limit.TotalMinutes:0} minutes {expectation}.";
}
