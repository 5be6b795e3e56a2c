using System.Globalization;
using System.Text.Json;
using Rils.Contract;

namespace Rils.Engine.WeightFiles;

/// <summary>The description of a model in the <c>__metadata__</c> of its file of weights, as runs write
/// it.</summary>
/// <param name="Rils">The version of the engine that wrote the file.</param>
/// <param name="Arm">The name of the arm, or of the average of its weights: <c>rils (average)</c>.</param>
/// <param name="Seed">The seed of the training.</param>
/// <param name="Step">The number of optimizer steps that made the weights.</param>
/// <param name="Parts">The kinds of the tables whose modules the tensors belong to: <c>backbone</c> is <c>vit</c>.
/// Modules that a plugin adds by other means are not listed.</param>
/// <param name="Shapes">The sizes of the parts, by table and name: <c>backbone</c> has a <c>width</c> of 384. The table
/// <c>data</c> has the side of the <c>image</c>, in pixels.</param>
/// <param name="Experiment">An experiment file that holds this arm alone, with every option and without data: TOML. The
/// paths in it are those of the machine that trained.</param>
public sealed record ModelDescription(string Rils, string Arm, long Seed, long Step,
    IReadOnlyDictionary<string, string> Parts,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Shapes, string Experiment)
{
    const string RilsKey = "rils", ArmKey = "arm", SeedKey = "seed", StepKey = "step", PartsKey = "parts",
        ShapesKey = "shapes", ExperimentKey = "experiment";

    /// <summary>Reads the description of a file; null for a file that no run wrote, and for the index of several
    /// files.</summary>
    /// <param name="path">The path of the file, which <see cref="WeightsFile"/> reads.</param>
    /// <exception cref="InvalidDataException">The description is damaged; the message names the file and the
    /// cause.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelDescription? Find(string path)
    {
        if (WeightsFile.IsIndex(path)) return null;
        RegularFile.Require(path);
        var metadata = SafeTensors.ReadMetadata(path);
        if (!metadata.ContainsKey(RilsKey)) return null;
        return new(Of(RilsKey), Of(ArmKey), Number(SeedKey), Number(StepKey),
            Json<Dictionary<string, string>>(PartsKey),
            Json<Dictionary<string, Dictionary<string, long>>>(ShapesKey).ToDictionary(table => table.Key,
                table => (IReadOnlyDictionary<string, long>)table.Value), Of(ExperimentKey));

        string Of(string key) => metadata.GetValueOrDefault(key) ?? throw Damaged(key, "is missing");
        long Number(string key) => long.TryParse(Of(key), CultureInfo.InvariantCulture, out var number) ? number
            : throw Damaged(key, $"is no whole number: {Of(key)}");
        T Json<T>(string key) where T : class
        {
            try
            {
                return JsonSerializer.Deserialize<T>(Of(key)) ?? throw Damaged(key, "is null");
            }
            catch (JsonException cause)
            {
                throw Damaged(key, $"is damaged: {cause.Message}");
            }
        }
        InvalidDataException Damaged(string key, string cause) =>
            new($"{path}: `{key}` in the file's __metadata__ {cause}; write the file anew by resuming its run, or "
                + "write its tensors to a file without metadata");
    }

    /// <summary>The description as a header holds it, equal text for equal descriptions. PyTorch's libraries write
    /// <c>format</c> there, and some ask for it.</summary>
    internal IReadOnlyDictionary<string, string> ToMetadata() => new Dictionary<string, string>
    {
        ["format"] = "pt", [RilsKey] = Rils, [ArmKey] = Arm, [SeedKey] = Text(Seed), [StepKey] = Text(Step),
        [PartsKey] = JsonSerializer.Serialize(Sorted(Parts)),
        [ShapesKey] = JsonSerializer.Serialize(Sorted(Shapes.ToDictionary(table => table.Key,
            table => Sorted(table.Value)))),
        [ExperimentKey] = Experiment,
    };

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static SortedDictionary<string, T> Sorted<T>(IReadOnlyDictionary<string, T> values) =>
        new(values.ToDictionary(), StringComparer.Ordinal);
}
