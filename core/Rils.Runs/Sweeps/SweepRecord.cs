namespace Rils.Runs.Sweeps;

/// <summary><c>sweep.json</c> in the folder of a sweep.</summary>
/// <param name="Version">Of this form.</param>
/// <param name="Name">The experiment's name.</param>
/// <param name="Points">How many combinations of values there are.</param>
/// <param name="Keys">The swept keys, as <c>--set</c> takes them.</param>
/// <param name="Runs">In order.</param>
public sealed record SweepRecord(int Version, string Name, int Points, IReadOnlyList<string> Keys, IReadOnlyList<SweepRecord.Run> Runs)
{
    /// <summary>One run.</summary>
    /// <param name="Folder">Its folder's name; its experiment lies beside that, in FOLDER.toml.</param>
    /// <param name="Point">What it differs in from runs of other data, length or precision; empty where there is nothing.</param>
    /// <param name="Title">For people.</param>
    /// <param name="Values">The same by key.</param>
    /// <param name="Arms">Its arms.</param>
    public sealed record Run(string Folder, string Point, string Title, IReadOnlyDictionary<string, string> Values, IReadOnlyList<SweepArm> Arms);
}
