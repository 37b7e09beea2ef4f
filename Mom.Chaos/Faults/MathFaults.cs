using System.Net.Http.Json;
using Mom.Testing;

namespace Mom.Chaos.Faults;

/// <summary>A math service that is unavailable, silent, or answers nonsense.</summary>
internal static class MathFaults
{
    public static IEnumerable<Fault> All =>
    [
        new("stop-math", "the math service is unavailable", ground => ground.StopAsync(ResourceNames.MathService)),
        new("freeze-math", "the math service does not answer", ground => ground.FreezeAsync(ResourceNames.MathService)),
        new("math-500", "the math service answers 500 to everything", ground => FailAsync(ground, share: 1)) { UndoAsync = ground => FailAsync(ground, share: 0) },
    ];

    // Its own settings do it: see docs on the math service's control.
    private static async Task FailAsync(Ground ground, double share)
    {
        using var http = new HttpClient { BaseAddress = new Uri(ground.System.MathService) };
        var settings = await http.GetFromJsonAsync<Dictionary<string, object>>("/settings");
        settings!["failureRate"] = share;
        using var answer = await http.PutAsJsonAsync("/settings", settings);
        answer.EnsureSuccessStatusCode();
    }
}
