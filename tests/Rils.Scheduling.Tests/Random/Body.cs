using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;

namespace Rils.Scheduling.Tests.Random;

/// <summary>Makes a system's method from a list of parameters: its results are a function of its name and of all that
/// it reads.</summary>
static class Body
{
    static readonly ModuleBuilder Module =
        AssemblyBuilder.DefineDynamicAssembly(new("Random"), AssemblyBuilderAccess.Run).DefineDynamicModule("Random");
    static readonly Dictionary<string, Type> DelegateTypes = [];

    public static Delegate Of(string name, IReadOnlyList<SystemParameter> parameters, Recorder recorder)
    {
        parameters = [.. parameters.Where(parameter => parameter.Access is not (Access.Require or Access.Follow))];
        ParameterExpression[] arguments =
            [.. parameters.Select(parameter => Expression.Parameter(Declared(parameter)))];
        var pairs = parameters.Zip(arguments).ToArray();
        var inputs = pairs.Where(pair => pair.First.Access is not (Access.Create or Access.Append))
            .Select(pair => Input(pair.First, pair.Second));
        var number = Expression.Variable(typeof(ulong));
        var call = Expression.Call(Expression.Constant(recorder), nameof(Recorder.Run), null, Expression.Constant(name),
            Expression.NewArrayInit(typeof(Input), inputs));
        var outputs = pairs.Where(pair => pair.First.Access is Access.Create or Access.Append)
            .Select(pair => Output(pair.First, pair.Second, number));
        return Expression.Lambda(DelegateType(parameters), Expression.Block([number],
            [Expression.Assign(number, call), .. outputs, Expression.Empty()]), arguments).Compile();
    }

    static Expression Input(SystemParameter parameter, Expression argument) =>
        Expression.Call(typeof(Input), parameter.Access.ToString(), [parameter.Type], argument);

    static Expression Output(SystemParameter parameter, Expression argument, Expression number)
    {
        var made = Expression.MemberInit(Expression.New(parameter.Type),
            Expression.Bind(parameter.Type.GetProperty(nameof(Datum.Number))!, number));
        return parameter.Access == Access.Append
            ? Expression.Call(argument, nameof(Append<>.Add), null, made) : Expression.Assign(argument, made);
    }

    static Type Declared(SystemParameter parameter) => parameter.Access switch
    {
        Access.ReadMaybe => typeof(Maybe<>).MakeGenericType(parameter.Type).MakeByRefType(),
        Access.Collect => typeof(Collected<>).MakeGenericType(parameter.Type).MakeByRefType(),
        Access.Append => typeof(Append<>).MakeGenericType(parameter.Type),
        _ => parameter.Type.MakeByRefType(),
    };

    /// <summary>A delegate type with <c>in</c>, <c>ref</c> and <c>out</c> parameters, as the compiler makes for a
    /// lambda.</summary>
    static Type DelegateType(IReadOnlyList<SystemParameter> parameters)
    {
        var key = string.Join(", ", parameters.Select(parameter => $"{parameter.Access} {parameter.Type.Name}"));
        lock (DelegateTypes)
        {
            if (DelegateTypes.TryGetValue(key, out var known)) return known;
            var type = Module.DefineType($"Delegate{DelegateTypes.Count}",
                TypeAttributes.Sealed | TypeAttributes.Public, typeof(MulticastDelegate));
            type.DefineConstructor(
                MethodAttributes.RTSpecialName | MethodAttributes.HideBySig | MethodAttributes.Public,
                CallingConventions.Standard, [typeof(object), typeof(nint)])
                .SetImplementationFlags(MethodImplAttributes.Runtime);
            var invoke = type.DefineMethod("Invoke", MethodAttributes.Public | MethodAttributes.HideBySig
                | MethodAttributes.NewSlot | MethodAttributes.Virtual,
                typeof(void), [.. parameters.Select(Declared)]);
            invoke.SetImplementationFlags(MethodImplAttributes.Runtime);
            foreach (var (index, parameter) in parameters.Index())
                invoke.DefineParameter(index + 1, Attributes(parameter.Access), null);
            return DelegateTypes[key] = type.CreateType();
        }
    }

    static ParameterAttributes Attributes(Access access) => access switch
    {
        Access.Create => ParameterAttributes.Out,
        Access.Update or Access.Append => ParameterAttributes.None,
        _ => ParameterAttributes.In,
    };
}
