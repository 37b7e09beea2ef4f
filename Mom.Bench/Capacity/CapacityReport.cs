using System.Globalization;

namespace Mom.Bench.Capacity;

/// <summary>How many replicas does it take? Three tables, the same at every run.</summary>
internal static class CapacityReport
{
    private const int Seed = 1;
    private const int Messages = 200_000;

    public static void Write(TextWriter output, CapacityOptions options)
    {
        WriteCheck(output);
        WriteDatabase(output, options);
        WritePrefetch(output, options);
        WriteMath(output, options);
    }

    // A simulation that disagrees with the formula where there is one is not to be believed where there is none.
    private static void WriteCheck(TextWriter output)
    {
        Line(output, $"The simulation against Erlang's formula: exponential service of 10 ms, one handler for each replica, prefetch 1");
        Line(output, $"  {"servers",8}{"busy",7}{"formula ms",12}{"simulated ms",14}");
        foreach (var (servers, load) in (IEnumerable<(int, double)>)[(1, 0.8), (4, 3.2), (16, 14.4)])
        {
            var kind = new MessageClass("any", 1, load / 0.01, ServiceTime.Exponential(0.01));
            var waits = Simulation.Run(new Consumers(servers, 1, 1), [kind], Messages, Seed)[kind];
            Line(output, $"  {servers,8}{load / servers,7:0%}{ErlangC.MeanWait(servers, load, 10),12:0.00}{waits.Mean * 1000,14:0.00}");
        }
    }

    private static void WriteDatabase(TextWriter output, CapacityOptions options)
    {
        var (requests, background) = Classes(options);
        Line(output, $"");
        Line(output, $"Replicas of the db worker, 4 handlers and prefetch 4 each, for {options.Requests:N0} requests/s (priority 10) and {options.Background:N0} background messages/s (priority 1) of {options.ServiceMilliseconds:0.#} ms");
        Line(output, $"  {"replicas",8}{"busy",7}{"request p50 ms",16}{"p99 ms",9}{"background p50 ms",19}{"p99 ms",9}");
        var needed = (options.Requests + options.Background) * options.ServiceMilliseconds / 1000;
        var least = (int)(needed / 4) + 1;
        for (var replicas = least; replicas < least + 4; replicas++)
        {
            var consumers = new Consumers(replicas, 4, 4);
            var waits = Simulation.Run(consumers, [requests, background], Messages, Seed);
            Line(output, $"  {replicas,8}{needed / consumers.Servers,7:0%}{Ms(waits[requests], 50),16:0.00}{Ms(waits[requests], 99),9:0.00}{Ms(waits[background], 50),19:0.00}{Ms(waits[background], 99),9:0.00}");
        }
    }

    private static void WritePrefetch(TextWriter output, CapacityOptions options)
    {
        var (requests, background) = Classes(options);
        var replicas = (int)((options.Requests + options.Background) * options.ServiceMilliseconds / 1000 / 4) + 1;
        // More than it can do: the backlog is there all the time.
        background = background with { Rate = (replicas * 4 / options.ServiceMilliseconds * 1000) - options.Requests + background.Rate };
        Line(output, $"");
        Line(output, $"What prefetch costs a request while a backlog of priority 1 keeps all {replicas * 4} handlers busy");
        Line(output, $"  {"prefetch",8}{"request p50 ms",16}{"p99 ms",9}");
        foreach (var prefetch in (int[])[4, 8, 16, 64, 256])
        {
            var waits = Simulation.Run(new Consumers(replicas, 4, prefetch), [requests, background], Messages / 4, Seed);
            Line(output, $"  {prefetch,8}{Ms(waits[requests], 50),16:0.00}{Ms(waits[requests], 99),9:0.00}");
        }
    }

    private static void WriteMath(TextWriter output, CapacityOptions options)
    {
        var steps = new MessageClass("steps", 1, options.Steps, ServiceTime.Uniform(10));
        Line(output, $"");
        Line(output, $"Replicas of the math worker, 16 handlers and prefetch 16 each, for {options.Steps:0.#} steps/s of 0 to 10 s");
        Line(output, $"  {"replicas",8}{"busy",7}{"step p50 s",12}{"p99 s",9}");
        var needed = options.Steps * 5;
        var least = (int)(needed / 16) + 1;
        for (var replicas = least; replicas < least + 3; replicas++)
        {
            var waits = Simulation.Run(new Consumers(replicas, 16, 16), [steps], Messages, Seed)[steps];
            Line(output, $"  {replicas,8}{needed / (replicas * 16),7:0%}{waits.At(50),12:0.00}{waits.At(99),9:0.00}");
        }
    }

    private static (MessageClass Requests, MessageClass Background) Classes(CapacityOptions options)
    {
        var service = ServiceTime.Exponential(options.ServiceMilliseconds / 1000);
        return (new MessageClass("requests", 10, options.Requests, service), new MessageClass("background", 1, options.Background, service));
    }

    private static double Ms(Waits waits, double percentile) => waits.At(percentile) * 1000;

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
