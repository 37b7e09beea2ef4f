namespace Mom.Workers.Math;

/// <summary>The math service will never do this operation; its reason is for the user.</summary>
internal sealed class MathRefusedException(string reason) : Exception(reason);
