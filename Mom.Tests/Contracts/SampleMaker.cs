using System.Collections;
using System.Reflection;

namespace Mom.Tests.Contracts;

/// <summary>Makes a value of a contract in which nothing is empty, the same each time: the first draft of a sample.</summary>
internal static class SampleMaker
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static object Make(Type type, string name = "value")
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => $"{name} čž",
            _ when type == typeof(Guid) => Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057"),
            _ when type == typeof(DateTimeOffset) => Time,
            _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(90),
            _ when type == typeof(bool) => true,
            _ when type.IsPrimitive || type == typeof(decimal) => Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture),
            _ when type.IsEnum => Enum.GetValues(type).Cast<object>().Last(),
            _ when ValueOf(type) is { } value => Dictionary(value, name),
            _ when ElementOf(type) is { } element => List(element, name),
            _ => Record(type),
        };
    }

    // What is looked up by name: JSON knows no other keys.
    private static Type? ValueOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) ? type.GetGenericArguments()[1] : null;

    private static IDictionary Dictionary(Type value, string name)
    {
        var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), value))!;
        dictionary.Add($"{name} čž", Make(value, name));
        return dictionary;
    }

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType() : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[0] : null;

    private static Array List(Type element, string name)
    {
        var list = Array.CreateInstance(element, 2);
        list.SetValue(Make(element, name), 0);
        list.SetValue(Make(element, name), 1);
        return list;
    }

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(candidate => candidate.GetParameters() is not [var only] || only.ParameterType != type)
            .MaxBy(candidate => candidate.GetParameters().Length)!;
        var record = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, parameter.Name!))]);
        var positional = constructor.GetParameters().Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite && !positional.Contains(property.Name)))
        {
            property.SetValue(record, Make(property.PropertyType, property.Name));
        }

        return record;
    }
}
