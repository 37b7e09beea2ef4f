using System.Globalization;
using Mom.LocalHost.Ports;

namespace Mom.LocalHost.Commands;

/// <summary>The command line, taken apart.</summary>
internal sealed record Options
{
    public required string Command { get; init; }
    public IReadOnlyList<string> Operands { get; init; } = [];
    public bool Detach { get; init; }

    /// <summary>Set by the process that starts a detached host, for that host.</summary>
    public bool IsDetachedHost { get; init; }

    public bool DataOnly { get; init; }
    /// <summary>Only these resources.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }

    public bool NoDashboard { get; init; }
    public bool Screens { get; init; }
    public bool Json { get; init; }
    public int PortOffset { get; init; }
    public string? StateDirectory { get; init; }

    /// <exception cref="UsageException">It makes no sense.</exception>
    public static Options Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options { Command = arguments.Count > 0 ? arguments[0] : throw new UsageException("Say what to do.") };
        var rest = new Queue<string>(arguments.Skip(1));
        while (rest.TryDequeue(out var argument))
        {
            options = argument switch
            {
                "--detach" => options with { Detach = true },
                "--as-detached-host" => options with { IsDetachedHost = true },
                "--data-only" => options with { DataOnly = true },
                "--only" => options with { Only = Value(argument, rest).Split(',') },
                "--no-dashboard" => options with { NoDashboard = true },
                "--screens" => options with { Screens = true },
                "--json" => options with { Json = true },
                "--port-offset" => options with { PortOffset = Number(argument, rest) },
                "--state" => options with { StateDirectory = Value(argument, rest) },
                // "-1" is a number, if not a good one: the command says so in better words.
                ['-', not (>= '0' and <= '9'), ..] or "-" => throw new UsageException($"{options.Command} has no option {argument}."),
                _ => options with { Operands = [.. options.Operands, argument] },
            };
        }

        return options;
    }

    /// <summary>The one operand that the command needs.</summary>
    public string Operand(int index, string what) =>
        Operands.Count > index ? Operands[index] : throw new UsageException($"{Command} needs {what}.");

    /// <exception cref="UsageException">There are more operands than the command has a use for.</exception>
    public void DemandNoMoreThan(int operands)
    {
        if (Operands.Count > operands)
            throw new UsageException($"{Command} has no use for '{Operands[operands]}': see ./mom help {Command}");
    }

    /// <summary>What the host is to run.</summary>
    public LocalSystemOptions ToSystem() => new()
    {
        StateDirectory = StateDirectory,
        Ports = PortMap.Standard.Offset(PortOffset),
        Only = DataOnly ? ResourceNames.DataServers : Only,
        WithDashboard = !NoDashboard && !DataOnly,
        WithScreens = Screens,
    };

    private static string Value(string option, Queue<string> rest) =>
        rest.TryDequeue(out var value) ? value : throw new UsageException($"{option} needs a value.");

    private static int Number(string option, Queue<string> rest) =>
        int.TryParse(Value(option, rest), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 46645
            ? number
            : throw new UsageException($"{option} needs a number from 0 to 46645.");
}
