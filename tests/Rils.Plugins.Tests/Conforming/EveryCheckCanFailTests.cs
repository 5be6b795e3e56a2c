using System.Reflection;
using Rils.Testing.Checks;

namespace Rils.Tests.Conforming;

/// <summary>A check that nothing makes fail would say nothing.</summary>
public sealed class EveryCheckCanFailTests
{
    public static TheoryData<string> Checks =>
    [
        .. SlotCheck.All.Select(check => $"{check.Slot.Name}: {check.Name}"),
        .. ArmCheck.All.Select(check => $"{nameof(ArmCheck)}: {check.Name}"),
        .. HeadCheck.All.Select(check => $"{nameof(HeadCheck)}: {check.Name}"),
    ];

    /// <summary>The checks that tests make fail.</summary>
    static readonly HashSet<string> failing =
    [
        .. from method in typeof(EveryCheckCanFailTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
           let wrong = method.GetCustomAttribute<WrongForAttribute>()
           where wrong is not null
           from check in wrong.Check is { } named ? [named] : ArgumentsOf(method)
           select $"{wrong.Slot.Name}: {check}",
    ];

    static IEnumerable<string> ArgumentsOf(MethodInfo test)
    {
        var place = test.GetParameters().Single(parameter => parameter.Name == "check").Position;
        return test.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(test))
            .Select(arguments => (string)arguments[place]!);
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void Some_kind_fails_it(string check) => Assert.Contains(check, failing);
}
