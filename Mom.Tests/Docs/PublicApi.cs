using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mom.Tests.Docs;

/// <summary>The public members of an assembly as lines of text, in an order that does not depend on the compiler.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .Where(type => !IsGenerated(type)).OrderBy(Name, StringComparer.Ordinal).SelectMany(type => MembersOf(type).Order(StringComparer.Ordinal).Prepend(TypeOf(type)));

    private static string TypeOf(Type type)
    {
        var kind = type switch
        {
            _ when type.IsAssignableTo(typeof(Delegate)) => "delegate",
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var bases = type.GetInterfaces().Where(each => each.IsPublic && !each.Name.StartsWith("IEquatable", StringComparison.Ordinal)).Select(Name).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum) && kind != "delegate")
        {
            bases.Insert(0, Name(parent));
        }

        return $"{kind} {Name(type)}{(bases.Count > 0 && !type.IsEnum && kind != "delegate" ? $" : {string.Join(", ", bases)}" : string.Empty)}";
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"  {name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        }

        if (type.IsAssignableTo(typeof(Delegate)))
        {
            return [$"  {Signature(type.GetMethod("Invoke")!)}"];
        }

        return type.GetMembers(Declared).Where(member => !IsGenerated(member)).Select(Line).OfType<string>().Select(line => $"  {line}");
    }

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) && !constructor.IsStatic => $"new({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && !IsOfRecords(method) => Signature(method),
        PropertyInfo property when IsVisible(property.GetMethod) || IsVisible(property.SetMethod) =>
            $"{Static(property.GetMethod ?? property.SetMethod!)}{property.Name}{Index(property)}: {Name(property.PropertyType, Nullability.Create(property))} {{{Accessors(property)} }}",
        FieldInfo { IsPublic: true } field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : string.Empty)}{field.Name}: {Name(field.FieldType, Nullability.Create(field))}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : string.Empty)}",
        EventInfo happening when IsVisible(happening.AddMethod) => $"event {happening.Name}: {Name(happening.EventHandlerType!)}",
        _ => null,
    };

    private static string Accessors(PropertyInfo property) =>
        (IsVisible(property.GetMethod) ? " get;" : string.Empty)
        + (IsVisible(property.SetMethod)
            ? property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name is "IsExternalInit") ? " init;" : " set;"
            : string.Empty);

    private static string Signature(MethodInfo method) =>
        $"{Static(method)}{method.Name}{Arguments(method)}({Parameters(method)}): {Name(method.ReturnType, Nullability.Create(method.ReturnParameter))}{Constraints(method)}";

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : string.Empty;

    private static string Index(PropertyInfo property) => property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : string.Empty;

    private static string Arguments(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : string.Empty;

    private static string Constraints(MethodInfo method) => string.Concat(method.GetGenericArguments().Select(argument => (argument, argument.GetGenericParameterConstraints()))
        .Where(each => each.Item2.Length > 0).Select(each => $" where {each.argument.Name} : {string.Join(", ", each.Item2.Select(constraint => Name(constraint)))}"));

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter) =>
        $"{Name(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue ?? "default"}" : string.Empty)}";

    private static string Name(Type type) => Name(type, nullability: null);

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Name(underlying)}?";
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!, nullability?.ElementType)}[]";
        }

        if (type.IsByRef)
        {
            return $"ref {Name(type.GetElementType()!)}";
        }

        var name = type.IsGenericParameter ? type.Name : type.Namespace is { } space && space.StartsWith("Mom.", StringComparison.Ordinal) ? $"{space}.{Nested(type)}" : Nested(type);
        if (type.IsGenericType)
        {
            var arguments = type.GetGenericArguments().Select((argument, index) => Name(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(index)));
            name = $"{name.Split('`')[0]}<{string.Join(", ", arguments)}>";
        }

        return nullability?.ReadState == NullabilityState.Nullable && !type.IsValueType ? $"{name}?" : name;
    }

    private static string Nested(Type type) => type.IsNested ? $"{Nested(type.DeclaringType!)}.{type.Name}" : type.Name;

    private static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsGenerated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && member is not PropertyInfo and not MethodInfo;

    // What the compiler adds to every record, and what every class has.
    private static bool IsOfRecords(MethodInfo method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || method.Name is "Equals" or "GetHashCode" or "ToString" or "PrintMembers" or "op_Equality" or "op_Inequality";
}
