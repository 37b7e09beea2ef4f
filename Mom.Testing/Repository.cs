namespace Mom.Testing;

/// <summary>The clone that this assembly was built in.</summary>
public static class Repository
{
    /// <summary>The folder with <c>Mom.sln</c>, found upwards from the running program.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none: the program was copied out of its clone.</exception>
    public static string Root
    {
        get
        {
            for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            {
                if (File.Exists(Path.Combine(directory.FullName, "Mom.sln")))
                    return directory.FullName;
            }

            throw new DirectoryNotFoundException($"Mom.sln is in no folder above {AppContext.BaseDirectory}.");
        }
    }
}
