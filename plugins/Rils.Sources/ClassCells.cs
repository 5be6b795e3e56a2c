using System.Globalization;

namespace Rils.Sources;

/// <summary>Tells whether the classes that a column's cells name are numbers or names.</summary>
public static class ClassCells
{
    /// <summary>Whether the classes are numbers: some are whole numbers from 0, and the others are numbers too, such as
    /// <c>-1</c> or <c>7.0</c>, each of which is the fault of its own sample.</summary>
    /// <param name="classes">The different cells of the column, without white space around them.</param>
    /// <returns>True for numbers, and where there is no cell; false for names.</returns>
    public static bool AreNumbers(IReadOnlyCollection<string> classes) => classes.Count == 0
        || classes.Any(IsWhole) && classes.All(name =>
            double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    /// <summary>Warns of numbers among the names of classes, since a number is numbered as a name there.</summary>
    /// <param name="names">The names of the classes.</param>
    /// <param name="place">The data, for the message.</param>
    /// <returns>The warning; null where no name, or each, is a number.</returns>
    public static SourceFinding? Mixed(IReadOnlyList<string> names, string place) =>
        names.FirstOrDefault(IsWhole) is { } number && names.FirstOrDefault(name => !IsWhole(name)) is { } word
            ? new($"the classes of {place} are names, since `{word}` is no number; so `{number}` is a name too, and "
                + "its number is its place in the order of names. Write numbers from 0 in all rows, or names in all")
            : null;

    static bool IsWhole(string name) => name.Length > 0 && name.All(char.IsAsciiDigit);
}
