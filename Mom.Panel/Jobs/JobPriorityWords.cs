using Mom.Contracts.Jobs;

namespace Mom.Panel.Jobs;

/// <summary>Priorities of jobs in words.</summary>
public static class JobPriorityWords
{
    /// <summary>As the API writes it.</summary>
    public static string Word(this JobPriority priority) => priority switch
    {
        JobPriority.Low => "low",
        JobPriority.High => "high",
        _ => "normal",
    };

    public static string Label(this JobPriority priority) => priority switch
    {
        JobPriority.Low => "Low: after all others",
        JobPriority.High => "High: before all others",
        _ => "Normal",
    };
}
