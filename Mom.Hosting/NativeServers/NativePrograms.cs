namespace Mom.Hosting.NativeServers;

/// <summary>The programs that native servers are made of.</summary>
public static class NativePrograms
{
    /// <summary>What is not installed of RabbitMQ, Postgres and Redis, with the command that installs it; <see langword="null"/> when all is there.</summary>
    public static string? WhatIsMissing()
    {
        InstalledProgram[] all = [InstalledProgram.RabbitMQServer, InstalledProgram.Postgres, InstalledProgram.RedisServer];
        return all.Where(program => program.Path is null).ToList() is { Count: > 0 } missing ? InstalledProgram.Explain(missing) : null;
    }
}
