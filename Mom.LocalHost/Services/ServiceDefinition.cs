namespace Mom.LocalHost.Services;

/// <summary>A program of this repository as a resource.</summary>
/// <param name="Name">The resource.</param>
/// <param name="Project">The project folder, which is also the name of its assembly.</param>
/// <param name="Port">Its fixed port; <see langword="null"/> for workers, which take any.</param>
/// <param name="DependsOn">What must be healthy before it starts.</param>
internal sealed record ServiceDefinition(string Name, string Project, int? Port, params IReadOnlyList<string> DependsOn);
