using Rils.Contract;
using Rils.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Forms;

/// <summary>Measures each form of each layer on one core of this processor, and prints the resulting row of
/// <see cref="FormTable"/>.</summary>
static class FormRowTool
{
    /// <summary>The least difference that counts: a share of the faster form's time, as a mean over all
    /// layers.</summary>
    const double Noise = 0.05;

    public static int Run()
    {
        set_num_threads(1);
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
        {
            Run(type);
            Console.WriteLine($"the table has: {FormTable.For(DeviceType.CPU, type, Instructions.Current)}");
        }
        return 0;
    }

    static void Run(ScalarType type)
    {
        using var scope = NewDisposeScope();
        LayerShapes shapes = new(type);
        var linear = Table($"{type}: linear layer", shapes.Linear(), InRate, "product", "convolution");
        var attention = Table($"{type}: attention", shapes.Attention(), InTime, "products", "fused");
        string[] ofPatches = ["product", "convolution", "convolution over the images"];
        Table($"{type}: patch embedding", shapes.Patches(), InTime, ofPatches);
        Table($"{type}: the rest", shapes.Rest(), InTime, "its form");
        var (form, from) = LinearChoice(linear);
        var fastest = Loss(attention, _ => 0) <= Loss(attention, _ => 1) ? AttentionForm.Products : AttentionForm.Fused;
        Console.WriteLine($"\nrow: new(CPU, {Instructions.Current}, ScalarType.{type}, {form}, {from}, {fastest}),");
    }

    static (Layer Layer, Times[] Times)[] Table(
        string head, IEnumerable<Layer> layers, Func<Layer, Times, string> cell, params string[] forms)
    {
        Console.WriteLine($"\n| {head} | {string.Join(" | ", forms)} |");
        Console.WriteLine($"|---|{string.Concat(forms.Select(_ => "---|"))}");
        List<(Layer, Times[])> measured = [];
        foreach (var layer in layers)
        {
            var times = Turns.Of(layer);
            Console.WriteLine($"| {layer.Name} | {string.Join(" | ", times.Select(time => cell(layer, time)))} |");
            measured.Add((layer, times));
        }
        return [.. measured];
    }

    /// <summary>The linear form, and the number of multiplications from which on layers take it. The choice loses least
    /// against each layer's faster form; where no choice gains more than noise, the product stays.</summary>
    static (LinearForm Form, long From) LinearChoice((Layer Layer, Times[] Times)[] measured)
    {
        var from = measured.Select(one => one.Layer.Multiplications).MinBy(LossFrom);
        var gain = Loss(measured, _ => 0) - LossFrom(from);
        return gain > Noise * measured.Length ? (LinearForm.Convolution, from) : (LinearForm.Product, 0);

        double LossFrom(long start) => Loss(measured, layer => layer.Multiplications >= start ? 1 : 0);
    }

    /// <summary>How much longer the chosen forms take than the fastest ones: the relative difference, summed over all
    /// layers.</summary>
    static double Loss((Layer Layer, Times[] Times)[] measured, Func<Layer, int> choice) =>
        measured.Sum(one => one.Times[choice(one.Layer)].Both / one.Times.Min(time => time.Both) - 1);

    /// <summary>The rates of both passes in GFLOP/s. A multiplication and its addition count as two operations, and the
    /// backward pass makes two products.</summary>
    static string InRate(Layer layer, Times times)
    {
        var operations = 2e-6 * layer.Multiplications;
        return $"{operations / times.Forward:0}, {2 * operations / times.Backward:0} ({times.Both:0.00} ms)";
    }

    static string InTime(Layer layer, Times times) => $"{times.Forward:0.00} + {times.Backward:0.00} ms";
}
