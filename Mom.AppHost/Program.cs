// Compiled in place of AppHost.cs when there are no Aspire packages: `dotnet run --project Mom.AppHost` then brings the same
// system up on plain processes.
return await Mom.LocalHost.LocalHostProgram.RunAsync(args);
