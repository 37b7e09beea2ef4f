namespace Mom.Contracts.Jobs;

/// <summary>What a job may hold at most. The API refuses more before anything reaches a queue.</summary>
public static class JobLimits
{
    /// <summary>Operations of one job.</summary>
    public const int Operations = 100;

    /// <summary>Characters of the id of an operation.</summary>
    public const int OperationId = 32;

    /// <summary>Operations of one job that are worked on at the same time: half of what two math workers work on. The others wait.</summary>
    public const int InFlight = 16;

    /// <summary>Numbers of one operation.</summary>
    public const int NumbersPerOperation = 100;

    /// <summary>Characters of one number. All numbers of an operation together fit into a request line of the math service.</summary>
    public const int DigitsPerNumber = 1_000;

    /// <summary>Characters of all numbers of one operation, with their commas: they travel in the path of a request.</summary>
    public const int CharactersPerOperation = 6_000;

    /// <summary>Digits of a number to be factored: the math service refuses more.</summary>
    public const int DigitsToFactor = 300;

    /// <summary>Characters of the text of one operation. As many texts as a job may hold fit into a message, and so do their results.</summary>
    public const int CharactersPerText = 2_000;

    /// <summary>Days from now that a job may be scheduled ahead.</summary>
    public const int DaysAhead = 366;

    /// <summary>Bytes of a request body.</summary>
    public const int BodyBytes = 1_048_576;
}
