namespace Rils.Runs.Sweeps;

/// <summary><c>sweep.json</c> in the folder of a sweep.</summary>
/// <param name="Version">The version of the file's form.</param>
/// <param name="Name">The experiment's name.</param>
/// <param name="Points">The number of combinations of values.</param>
/// <param name="Keys">The swept keys, as <c>--set</c> takes them.</param>
/// <param name="Runs">The runs, in order.</param>
public sealed record SweepRecord(
    int Version, string Name, int Points, IReadOnlyList<string> Keys, IReadOnlyList<SweepRecord.Run> Runs)
{
    /// <summary>One run of the sweep.</summary>
    /// <param name="Folder">The name of the run's folder; its experiment lies beside the folder, in
    /// FOLDER.toml.</param>
    /// <param name="Point">The name of the values that set the run apart from runs of other data, length or precision;
    /// empty where nothing does.</param>
    /// <param name="Title">The same values as text for people.</param>
    /// <param name="Values">The same values by key.</param>
    /// <param name="Arms">The arms of the run.</param>
    public sealed record Run(
        string Folder, string Point, string Title, IReadOnlyDictionary<string, string> Values,
        IReadOnlyList<SweepArm> Arms);
}
