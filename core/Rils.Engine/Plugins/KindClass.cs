using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Rils.Engine.Plugins;

/// <summary>A kind that is a class. The constructor takes options, context and services, whichever it needs.</summary>
/// <param name="type">The class.</param>
/// <param name="given">The types of the options and of the context.</param>
sealed class KindClass(Type type, params Type[] given)
{
    readonly ConstructorInfo[] constructors = type.IsAbstract ? [] : type.GetConstructors();
    Func<object[], IServiceProvider, object>? make;

    /// <summary>Chooses an argument for each parameter of the constructor.</summary>
    /// <param name="services">The plugin's services.</param>
    /// <returns>The mistake in the constructor, and the fix; null for a constructor without a mistake.</returns>
    public (string What, string Fix)? Prepare(IServiceProvider services)
    {
        if (constructors.Length != 1)
            return ($"{type.Name}, which has {constructors.Length} public constructors",
                "give the class exactly one public constructor");
        List<Type> left = [.. given], taken = [];
        foreach (var parameter in constructors[0].GetParameters())
        {
            if (left.FirstOrDefault(parameter.ParameterType.IsAssignableFrom) is { } own)
            {
                left.Remove(own);
                taken.Add(own);
            }
            else if (!parameter.HasDefaultValue && !IsService(parameter, services))
                return Unknown(parameter.ParameterType);
        }
        var factory = ActivatorUtilities.CreateFactory(type, [.. taken]);
        make = (values, scope) => factory(scope, [.. taken.Select(one => values[Array.IndexOf(given, one)])]);
        return null;
    }

    /// <summary>Makes an instance, once <see cref="Prepare"/> has found no mistake.</summary>
    /// <param name="scope">The services that the constructor may take.</param>
    /// <param name="values">The options and the context, in the order of their types.</param>
    public object Make(IServiceProvider scope, params object[] values) => make!(values, scope);

    static bool IsService(ParameterInfo parameter, IServiceProvider services) =>
        parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed
            ? services.GetRequiredService<IServiceProviderIsKeyedService>()
                .IsKeyedService(parameter.ParameterType, keyed.Key)
            : services.GetRequiredService<IServiceProviderIsService>().IsService(parameter.ParameterType);

    (string, string) Unknown(Type missing)
    {
        var name = Name(missing);
        return ($"{type.Name}, whose constructor takes {name}, which nobody registers",
            $"register this service in Configure, as in rils.Services.AddSingleton<{name}>(...); the host itself gives "
            + $"{string.Join(", ", given.Select(Name))} and ILogger<{type.Name}>");
    }

    static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
}
