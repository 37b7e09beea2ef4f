using System.Net.Http.Json;

namespace Mom.AppHost.Commands;

/// <summary>Makes the math service slow or failing while it runs.</summary>
internal static class MathServiceCommands
{
    private const string Path = "/settings";
    private const string Minimum = "minimumDelay";
    private const string Maximum = "maximumDelay";
    private const string FailureRate = "failureRate";

    public static IResourceBuilder<ProjectResource> WithMathServiceCommands(this IResourceBuilder<ProjectResource> service) => service
        .WithHttpCommand(Path, "Show behaviour", commandName: "behaviour", commandOptions: new HttpCommandOptions
        {
            Method = HttpMethod.Get,
            Description = "How long answers take now, and how many fail.",
            IconName = "Info",
            ResultMode = HttpCommandResultMode.Json,
        })
        .WithHttpCommand(Path, "Set behaviour", commandName: "set-behaviour", commandOptions: new HttpCommandOptions
        {
            Method = HttpMethod.Put,
            Description = "Sets how long answers take and how many fail, until the next restart.",
            IconName = "TopSpeed",
            Arguments =
            [
                Number(Minimum, "Shortest delay, seconds", "0"),
                Number(Maximum, "Longest delay, seconds", "10"),
                Number(FailureRate, "Share of answers that fail, 0 to 1", "0"),
            ],
            PrepareRequest = context =>
            {
                context.Request.Content = JsonContent.Create(new
                {
                    minimumDelay = TimeSpan.FromSeconds(context.Arguments.GetDouble(Minimum)),
                    maximumDelay = TimeSpan.FromSeconds(context.Arguments.GetDouble(Maximum)),
                    failureRate = context.Arguments.GetDouble(FailureRate),
                });
                return Task.CompletedTask;
            },
            ResultMode = HttpCommandResultMode.Json,
        });

    private static InteractionInput Number(string name, string label, string value)
        => new() { Name = name, Label = label, InputType = InputType.Number, Value = value, Required = true };
}
