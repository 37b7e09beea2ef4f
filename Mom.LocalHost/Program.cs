return await Mom.LocalHost.LocalHostProgram.RunAsync(args);
