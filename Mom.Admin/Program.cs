using Mom.Admin;

// 0: done; 1: the API refused or did not answer; 2: the command line makes no sense.
try
{
    await DeadLetters.RunAsync(args);
    return 0;
}
catch (AdminException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return exception.IsUsage ? 2 : 1;
}
