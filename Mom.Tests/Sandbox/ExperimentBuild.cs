using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mom.Testing;

namespace Mom.Tests.Sandbox;

/// <summary>
/// Compiles an experiment against the packages that this test project has too. <c>dotnet run</c> does the same with MSBuild, which takes some
/// seconds for each file; the experiments that reference projects of this repository are run that way.
/// </summary>
internal static class ExperimentBuild
{
    // As the SDK has them for a project of its own.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Options = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithFeatures([new("FileBasedProgram", "true")]);

    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))]);

    // By file: a page may run the same one twice, and a program that runs cannot be written over.
    private static readonly ConcurrentDictionary<string, Lazy<string>> Programs = new(StringComparer.Ordinal);

    /// <summary>The words after <c>dotnet</c> that run it.</summary>
    public static IReadOnlyList<string> ToRun(ExperimentCommand command)
    {
        if (command.Source.Contains("#:project", StringComparison.Ordinal))
        {
            return ["run", command.Path, "--", .. command.Arguments];
        }

        var program = Programs.GetOrAdd(command.File, _ => new(() => Compile(command))).Value;
        return ["exec", "--runtimeconfig", Beside("runtimeconfig.json"), "--depsfile", Beside("deps.json"), program, .. command.Arguments];
    }

    private static string Compile(ExperimentCommand command)
    {
        var name = $"sandbox.{command.File.Replace('/', '.')}";
        // Beside this assembly, whose packages it finds there.
        var program = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
        var compilation = CSharpCompilation.Create(
            name,
            [Parse(Usings), Parse(File.ReadAllText(Path.Combine(Repository.Root, "sandbox", "Running.cs"))), Parse(command.Source)],
            References.Value,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        var result = compilation.Emit(program);
        Assert.True(result.Success, $"{command.File} should compile:\n{string.Join('\n', result.Diagnostics.Where(each => each.Severity is DiagnosticSeverity.Error))}");
        return program;
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, Options);

    private static string Beside(string ending) => Path.Combine(AppContext.BaseDirectory, $"Mom.Tests.{ending}");
}
