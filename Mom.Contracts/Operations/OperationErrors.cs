namespace Mom.Contracts.Operations;

/// <summary>Codes with which requests of administrators are refused.</summary>
public static class OperationErrors
{
    /// <summary>There is no such thing.</summary>
    public const string NotFound = "operation.not-found";

    /// <summary>It is not in a state in which this can be done.</summary>
    public const string WrongState = "operation.wrong-state";
}
