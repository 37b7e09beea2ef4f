using System.Diagnostics;
using Mom.Messaging.Consuming;

namespace Mom.Tests.Node;

/// <summary>What the handlers do; tests within one process put their own in place.</summary>
public sealed class Behaviour
{
    public Func<Work, MessageContext, Task> OnWork { get; set; } = async (message, context) =>
    {
        await ActAsync(message.Kind, context);
        await context.PublishAsync(new Note(message.Number));
    };

    public Func<Ask, MessageContext, Task<Answer>> OnAsk { get; set; } = async (message, context) =>
    {
        await ActAsync(message.Kind, context);
        return new Answer(message.Number);
    };

    private static async Task ActAsync(string kind, MessageContext context)
    {
        switch (kind)
        {
            case "kill":
                Console.WriteLine("dying");
                await Console.Out.FlushAsync();
                // SIGKILL: nothing is disposed, nothing is flushed, nothing is acked.
                Process.GetCurrentProcess().Kill();
                await Task.Delay(Timeout.Infinite);
                break;
            case "fail":
                throw new InvalidOperationException("told to fail");
            case "slow":
                Console.WriteLine("slow");
                await Task.Delay(TimeSpan.FromSeconds(2), context.CancellationToken);
                break;
            case "stuck":
                Console.WriteLine("stuck");
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                break;
        }
    }
}
