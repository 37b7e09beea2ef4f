using System.Text.Json.Serialization;
using Mom.Contracts.Json;
using Mom.Messaging;

namespace Mom.Contracts.Jobs;

/// <summary>Which jobs come before which: of the same user when they wait for their turn, and of all users on the queue of the workers.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<JobPriority>))]
public enum JobPriority
{
    /// <summary>After all others.</summary>
    Low = 1,

    /// <summary>What a job has that says nothing of it.</summary>
    Normal = 2,

    /// <summary>Before all others.</summary>
    High = 3,
}

/// <summary>The priority of a job as that of its messages.</summary>
public static class JobPriorityExtensions
{
    /// <summary>The priority of the messages of its operations: below everything that somebody waits for, and below results.</summary>
    public static byte ForMessages(this JobPriority priority) => priority switch
    {
        JobPriority.Low => MessagePriority.Background,
        JobPriority.High => MessagePriority.Background + 3,
        _ => MessagePriority.Background + 1,
    };
}
