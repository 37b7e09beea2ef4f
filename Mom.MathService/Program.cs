using Mom.MathService;

await using var app = MathServiceApp.Build(args);
await app.RunAsync();
