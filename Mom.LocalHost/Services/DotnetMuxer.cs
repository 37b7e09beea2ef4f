using System.Runtime.InteropServices;

namespace Mom.LocalHost.Services;

/// <summary>The <c>dotnet</c> that this very process runs on, however it was started.</summary>
internal static class DotnetMuxer
{
    /// <summary>The runtime lies in <c>ROOT/shared/Microsoft.NETCore.App/VERSION/</c>, the muxer in <c>ROOT</c>.</summary>
    public static string Path { get; } =
        System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
