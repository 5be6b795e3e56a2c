using System.Text.Json;

namespace Rils.ZeroShot;

/// <summary>The classes that a set has of a longer list, as robustness sets have some of ImageNet's.</summary>
static class ClassSubset
{
    /// <summary>Reads a subset.</summary>
    /// <param name="path">A JSON list of classes, each the data's number of the class, or a name that the list of
    /// classes has.</param>
    /// <param name="listed">The classes, in the order of the data's numbers.</param>
    /// <returns>The data's numbers of the classes, ascending.</returns>
    /// <exception cref="InvalidDataException">An entry is no class of the list, or is there twice; or there are fewer
    /// than two.</exception>
    public static IReadOnlyList<int> Read(string path, IReadOnlyList<ListedClass> listed)
    {
        var numbers = JsonList.Read(path, "subset", "list of classes").Select(entry => Number(entry, path, listed))
            .Order().ToArray();
        if (numbers.Length < 2) throw new InvalidDataException($"{path}: at least two classes are needed");
        return numbers.Distinct().Count() == numbers.Length ? numbers
            : throw new InvalidDataException($"{path} has a class twice: leave one of them out");
    }

    static int Number(JsonElement entry, string path, IReadOnlyList<ListedClass> listed)
    {
        if (entry.ValueKind == JsonValueKind.Number && entry.TryGetInt32(out var number)
            && number >= 0 && number < listed.Count) return number;
        var name = JsonList.Text(entry);
        var found = listed.Index().Where(own => name is not null && own.Item.Name == name).ToArray();
        return found is [var one] ? one.Index : throw new InvalidDataException(
            $"{path}: {entry.GetRawText()} is no class of the data: give class numbers from 0 to {listed.Count - 1}, "
                + "or names that the list of `classes` has once");
    }
}
