using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rils.Scheduling;

/// <summary>The words of an exception for people: its message where somebody wrote it for them, else whose mistake it
/// is.</summary>
public static class Cause
{
    /// <summary>In the message of a libtorch error, what stands before the frames of its native stack.</summary>
    static readonly string[] Traces = ["Exception raised from ", "frame #0:"];

    /// <summary>The message of the exception that says something, without native stack frames. An exception that .NET
    /// throws at a slip of a programmer (<see cref="NullReferenceException"/>, no element in a sequence) says nothing
    /// to others: it is told by the method that made the slip.</summary>
    public static string Of(Exception error)
    {
        var cause = Root(error);
        return IsSlip(cause) ? $"{cause.GetType().Name} in {Place(cause)}: a mistake in that code, tell its author"
            : WithoutFrames(cause.Message);
    }

    /// <summary>The exception that says something: reflection, static constructors and parallel loops wrap
    /// it.</summary>
    public static Exception Root(Exception error) => error switch
    {
        TargetInvocationException or TypeInitializationException or AggregateException
            when error.InnerException is { } inner => Root(inner),
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => Root(first),
        _ => error,
    };

    static string WithoutFrames(string message)
    {
        var end = Traces.Select(trace => message.IndexOf(trace, StringComparison.Ordinal)).Where(at => at > 0)
            .DefaultIfEmpty(message.Length).Min();
        return message[..end].TrimEnd();
    }

    /// <summary>Whether .NET threw it at a slip of a programmer, so that its message was written for nobody who reads
    /// it.</summary>
    public static bool IsSlip(Exception error) => error
        is NullReferenceException or IndexOutOfRangeException or InvalidCastException or DivideByZeroException
            or NotImplementedException or ArgumentNullException
        || (error is InvalidOperationException or ArgumentOutOfRangeException or KeyNotFoundException
            && IsUnmeant(new StackTrace(error).GetFrame(0)?.GetMethod()));

    /// <summary>Unlike <c>ArgumentException.ThrowIf...</c>, by which code refuses what it is given.</summary>
    static bool IsUnmeant(MethodBase? thrower) =>
        IsSystems(thrower) && !typeof(Exception).IsAssignableFrom(thrower!.DeclaringType);

    static string Place(Exception error)
    {
        var method = new StackTrace(error).GetFrames().Select(frame => frame.GetMethod())
            .FirstOrDefault(method => method is not null && !IsSystems(method));
        if (method?.DeclaringType is not { } type) return "code without a name";
        // Closures and iterators are classes of the compiler's inside of the class that was written.
        var name = type.IsDefined(typeof(CompilerGeneratedAttribute)) && method.Name is "MoveNext"
            ? type.Name : method.Name;
        while (type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.DeclaringType is { } outer) type = outer;
        return $"{type.Name}.{Written(name)} of {type.Assembly.GetName().Name}";
    }

    /// <summary><c>Make</c> of <c>&lt;Make&gt;b__0</c>.</summary>
    static string Written(string name) =>
        name.IndexOf('>') is > 1 and var end && name[0] == '<' ? name[1..end] : name.Replace(".ctor", "constructor");

    static bool IsSystems(MethodBase? method) => method?.DeclaringType?.Assembly.GetName().Name is { } name
        && (name == "System.Private.CoreLib" || name.StartsWith("System.", StringComparison.Ordinal));
}
