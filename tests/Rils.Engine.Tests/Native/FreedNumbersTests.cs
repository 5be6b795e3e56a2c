using Mono.Cecil;
using Mono.Cecil.Cil;
using Rils.Contract;
using Rils.Tests.Engine.Runs;
using TorchSharp;
using Xunit.Abstractions;

namespace Rils.Tests.Engine.Native;

/// <summary>TorchSharp makes a native number of each C# number that an operation takes, and nothing holds it while the
/// operation runs, so that libtorch may read freed memory (<see cref="Constant"/>). No code of ours lets TorchSharp
/// make one, neither by a conversion nor within a method of TorchSharp.</summary>
public sealed class FreedNumbersTests(ITestOutputHelper output)
{
    const string Number = "TorchSharp.Scalar";

    static readonly Lazy<HashSet<string>> makers = new(MakersOfTorchSharp);

    public static TheoryData<string> Assemblies =>
    [
        typeof(Constant).Assembly.Location, typeof(Rils.Engine.Plugins.PluginLoader).Assembly.Location,
        .. TinyExperiment.PluginFolders.SelectMany(folder =>
            Directory.GetFiles(folder, Path.GetFileName(folder) + ".dll")),
    ];

    [Theory, MemberData(nameof(Assemblies))]
    public void No_operation_takes_a_number_that_nobody_holds(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { ReadSymbols = true });
        // A method that calls GC.KeepAlive holds its numbers itself.
        string[] sites = [.. Methods(module)
            .Where(method => !method.DeclaringType.FullName.StartsWith(typeof(Constant).FullName!)
                && !Called(method).Any(called => called.Method.Name == nameof(GC.KeepAlive))).SelectMany(Sites)];
        foreach (var site in sites) output.WriteLine(site);
        Assert.Empty(sites);
    }

    [Fact]
    public void The_methods_of_TorchSharp_that_make_numbers_are_found()
    {
        const string Tensor = "TorchSharp.torch/Tensor";
        Assert.Contains($"{Tensor} {Tensor}::op_Addition({Tensor},{Tensor})", makers.Value);
        Assert.Contains($"{Tensor} {Tensor}::square()", makers.Value);
        Assert.DoesNotContain($"{Tensor} {Tensor}::op_Multiply({Tensor},{Tensor})", makers.Value);
        Assert.DoesNotContain($"{Tensor} {Tensor}::add({Tensor},{Number})", makers.Value);
    }

    static IEnumerable<string> Sites(MethodDefinition method) => Called(method)
        .Where(called => Makes(called.Method) || makers.Value.Contains(called.Method.GetElementMethod().FullName))
        .Select(called => $"{method.FullName}: {called.Method.FullName}{At(method, called.Place)}");

    static string At(MethodDefinition method, Instruction place)
    {
        for (Instruction? before = place; before is not null; before = before.Previous)
            if (method.DebugInformation.GetSequencePoint(before) is { IsHidden: false } point)
                return $" at {point.Document.Url}:{point.StartLine}";
        return "";
    }

    static HashSet<string> MakersOfTorchSharp()
    {
        using var module = ModuleDefinition.ReadModule(typeof(torch).Assembly.Location);
        var methods = Methods(module).Where(method => method.DeclaringType.FullName != Number)
            .Select(method => (Name: method.FullName, Calls: Called(method).Select(called => called.Method).ToArray()))
            .ToArray();
        HashSet<string> found = [.. methods.Where(method => method.Calls.Any(Makes)).Select(method => method.Name)];
        int before;
        do
        {
            before = found.Count;
            found.UnionWith(methods.Where(method =>
                method.Calls.Any(called => found.Contains(called.GetElementMethod().FullName)))
                .Select(method => method.Name));
        }
        while (found.Count > before);
        return found;
    }

    static bool Makes(MethodReference called) =>
        called.DeclaringType.FullName == "TorchSharp.ScalarExtensionMethods"
        || (called.DeclaringType.FullName == Number && (called.Name is "op_Implicit" or ".ctor"));

    static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) =>
        module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody);

    static IEnumerable<(Instruction Place, MethodReference Method)> Called(MethodDefinition method) =>
        from instruction in method.Body.Instructions
        where instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj
        select (instruction, (MethodReference)instruction.Operand);
}
