namespace Mom.LocalHost.Output;

/// <summary>Colours for terminals; plain text for pipes and for who asks for it: https://no-color.org.</summary>
internal static class Palette
{
    private static readonly int[] Names = [36, 32, 33, 35, 34, 96, 92, 93, 95, 94];

    private static bool IsOn { get; } = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static string Bold(string text) => Paint(text, 1);

    public static string Good(string text) => Paint(text, 32);

    public static string Bad(string text) => Paint(text, 31);

    public static string Faint(string text) => Paint(text, 2);

    /// <summary>A colour of its own for each name, always the same one.</summary>
    public static string Name(string text, string name) => Paint(text, Names[name.Sum(letter => letter) % Names.Length]);

    private static string Paint(string text, int code) => IsOn ? $"\e[{code}m{text}\e[0m" : text;
}
