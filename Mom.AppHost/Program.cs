using System.Reflection;

// Compiled in place of AppHost.cs when there are no Aspire packages: `dotnet run --project Mom.AppHost` then brings the same
// system up on plain processes.
var localHost = Assembly.Load("Mom.LocalHost").EntryPoint!;
return localHost.Invoke(null, [args is [] ? ["up"] : args]) as int? ?? 0;
