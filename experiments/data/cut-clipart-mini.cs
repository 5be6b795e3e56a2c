// Cuts clipart-mini from the clip art of Debian's openclipart packages, and learns its vocabulary. The same source
// gives the same bytes.
//
//     dotnet run experiments/data/cut-clipart-mini.cs -- SOURCE [TARGET]
//
// SOURCE is the folder of clipart-train-*.tar and clipart-val-*.tar, TARGET the folder to write.
// The source's shards hold KEY.jpg (128 x 128), KEY.txt and KEY.json, whose `key` is the drawing's path in openclipart.
#:project ../../plugins/Rils.Bpe/Rils.Bpe.csproj
#:package NetVips
#:package NetVips.Native.linux-x64
#:property PublishAot=false

using System.Formats.Tar;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetVips;
using Rils.Bpe;

const int Side = 64, ThumbnailSide = 16, ShardBytes = 3_400_000, VocabularySize = 2048;

// A drawing belongs to the first class whose folders hold it, provided that its caption has one of the words, where the
// class has words.
Class[] classes =
[
    new("flag", "a flag", 220, 36, ["signs_and_symbols/flags"], Without: "map, semaphore"),
    new("playing card", "a playing card", 100, 30, ["recreation/games/cards"]),
    new("person", "a person", 150, 34, ["people"], Except: ["people/smilies", "people/bodypart", "people/clothing"]),
    new("mammal", "a mammal", 110, 30, ["animals/mammals"]),
    new("bird", "a bird", 60, 20, ["animals/birds"]),
    new("insect", "an insect", 60, 20, ["animals/bugs"]),
    new("fruit or vegetable", "a fruit or a vegetable", 80, 30, ["food/fruit", "food/vegetables"]),
    new("food", "a dish, a dessert or a drink", 190, 36, ["food"]),
    new("plant", "a plant or a tree", 90, 30, ["plants"]),
    new("map", "a map of a country or a region", 80, 30, ["geography"], Words: "map, coastline, continent"),
    new("road sign", "a road sign", 80, 30, ["transportation"], Words: "roadsign, roadsigns"),
    new("vehicle", "a vehicle", 100, 30, ["transportation"], Except: ["transportation/aiga-symbols"],
        Words: "car, cars, bus, truck, van, jeep, tank, plane, airplane, aircraft, helicopter, jet, boat, ship, "
            + "sailboat, yacht, bike, bicycle, motorcycle, motorbike, scooter, train, locomotive, tractor, ambulance, "
            + "vehicle, vehicles, auto, automobile",
        Without: "symbol, wind, knot, knots, rope, sailing"),
    new("tool", "a tool", 100, 30, ["tools"], Except: ["tools/weapons", "tools/toys"]),
    new("music", "a musical instrument", 80, 30, ["recreation/music"]),
    new("pattern", "a repeating pattern", 80, 30, ["special/patterns"]),
];

// The other drawings have no class. Each folder gives a share of them, and so does each icon theme (the themes are a
// quarter of the source, and full of twins).
var others = new Class("", "", 17, 4, []);

// Captions in `unsorted` are single words, mostly Italian; the other drawings show only "Linked Image Not Found", or
// lie in a wrong folder.
string[] leftOut =
[
    "unsorted/", "people/stylized_yoga_person", "recreation/sports/stylized_yoga_person",
    "animals/birds/duck_yellow_ii", "animals/birds/penguin/tux_didier", "recreation/games/cards/andalusia",
];

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine(
        "usage: dotnet run experiments/data/cut-clipart-mini.cs -- <source folder> [<target folder>]");
    return 2;
}
NetVips.NetVips.Concurrency = 1;
var beside = AppContext.GetData("EntryPointFileDirectoryPath") as string ?? "experiments/data";
var target = Path.GetFullPath(args.Length == 2 ? args[1] : Path.Combine(beside, "clipart-mini"));
Directory.CreateDirectory(target);
foreach (var old in Directory.EnumerateFiles(target, "*.tar")) File.Delete(old);

// Many drawings lie in two folders of openclipart, and so in both splits: training leaves out the twins of validation.
var validation = Choose(ReadSource("clipart-val-*.tar"), item => item.ValidationMost, []);
var train = Choose(ReadSource("clipart-train-*.tar"), item => item.TrainMost, validation);
WriteShards("train", train);
WriteShards("val", validation);
var vocabulary = BpeTrainer.Learn(train.Select(drawing => drawing.Caption), VocabularySize);
vocabulary.Write(Path.Combine(target, $"bpe-{VocabularySize}.txt"));
var json = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
var named = classes.Select(item => new { name = item.Name, phrase = item.Phrase });
File.WriteAllText(Path.Combine(target, "classes.json"), JsonSerializer.Serialize(named, json) + "\n");

Console.WriteLine("| class | phrase | train | val |\n|---|---|---|---|");
for (var i = 0; i < classes.Length; i++)
{
    var (trained, judged) = (OfClass(train, i), OfClass(validation, i));
    Console.WriteLine($"| {classes[i].Name} | {classes[i].Phrase} | {trained} | {judged} |");
}
Console.WriteLine($"| none | | {OfClass(train, -1)} | {OfClass(validation, -1)} |");
Console.WriteLine($"| all | | {train.Count} | {validation.Count} |");
return 0;

static int OfClass(List<Drawing> drawings, int number) => drawings.Count(drawing => drawing.Class == number);

IEnumerable<(string Key, string Caption, byte[] Image)> ReadSource(string pattern)
{
    var shards = Directory.GetFiles(args[0], pattern).Order(StringComparer.Ordinal).ToArray();
    if (shards.Length == 0) throw new FileNotFoundException($"no {pattern} in {args[0]}");
    foreach (var shard in shards)
    {
        using var reader = new TarReader(File.OpenRead(shard));
        var image = Array.Empty<byte>();
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            if (entry.Name.EndsWith(".jpg", StringComparison.Ordinal)) image = content.ToArray();
            if (!entry.Name.EndsWith(".json", StringComparison.Ordinal)) continue;
            using var document = JsonDocument.Parse(content.ToArray());
            var root = document.RootElement;
            yield return (root.GetProperty("key").GetString()!, root.GetProperty("caption").GetString()!, image);
        }
    }
}

List<Drawing> Choose(
    IEnumerable<(string Key, string Caption, byte[] Image)> source, Func<Class, int> most, List<Drawing> seen)
{
    var chosen = new List<Drawing>();
    var captions = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
    var counts = new Dictionary<string, int>();
    foreach (var (key, original, image) in source)
    {
        // Keywords such as hash(0x865c160) come from a broken export.
        var words = original.Split(", ").Where(word => !Regex.IsMatch(word, @"^(hash\()?0x[0-9a-f]+\)?$"));
        var caption = string.Join(", ", words);
        var @class = Array.FindIndex(classes, item => item.Holds(key, caption));
        var folder = string.Join('/', key.Split('/').SkipLast(1).Take(3));
        var group = @class < 0 ? folder : classes[@class].Name;
        if (leftOut.Any(start => key.StartsWith(start, StringComparison.Ordinal)) || captions.Contains(caption))
            continue;
        if (counts.GetValueOrDefault(group) >= most(@class < 0 ? others : classes[@class])) continue;
        using var whole = Image.NewFromBuffer(image);
        using var thumbnail = whole.Resize((double)ThumbnailSide / whole.Width, Enums.Kernel.Cubic);
        var drawing = new Drawing(Name(key), caption, @class, Shrink(whole), thumbnail.WriteToMemory<byte>());
        if (drawing.IsBlank || chosen.Concat(seen).Any(drawing.IsTwinOf)) continue;
        captions.Add(caption);
        counts[group] = counts.GetValueOrDefault(group) + 1;
        chosen.Add(drawing);
    }
    return chosen;
}

// A sample's name in a shard ends at the first dot, so the name may have none.
static string Name(string key) => Regex.Replace(key, "[^A-Za-z0-9/_-]", "_");

static byte[] Shrink(Image whole)
{
    using var small = whole.Resize((double)Side / whole.Width, Enums.Kernel.Cubic);
    return small.JpegsaveBuffer(
        q: 88, optimizeCoding: true, subsampleMode: Enums.ForeignSubsample.Off, keep: Enums.ForeignKeep.None);
}

void WriteShards(string name, List<Drawing> drawings)
{
    var number = 0;
    for (var at = 0; at < drawings.Count; number++)
    {
        using var file = File.Create(Path.Combine(target, $"{name}-{number:d3}.tar"));
        using var writer = new TarWriter(file, TarEntryFormat.Ustar);
        for (; at < drawings.Count && file.Length < ShardBytes; at++)
        {
            Write(writer, drawings[at].Name + ".jpg", drawings[at].Jpeg);
            Write(writer, drawings[at].Name + ".txt", Encoding.UTF8.GetBytes(drawings[at].Caption));
            if (drawings[at].Class >= 0)
                Write(writer, drawings[at].Name + ".cls", Encoding.UTF8.GetBytes($"{drawings[at].Class}"));
        }
    }
}

static void Write(TarWriter writer, string name, byte[] content) => writer.WriteEntry(
    new UstarTarEntry(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(content),
        ModificationTime = DateTimeOffset.UnixEpoch,
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
    });

/// <summary>A class: its folders in openclipart, the most drawings of it in each split, and words of which a caption
/// must have one (or none).</summary>
sealed record Class(
    string Name, string Phrase, int TrainMost, int ValidationMost, string[] Folders, string[]? Except = null,
    string? Words = null, string? Without = null)
{
    public bool Holds(string key, string caption)
    {
        if (!Folders.Any(folder => IsIn(key, folder)) || (Except ?? []).Any(folder => IsIn(key, folder))) return false;
        var words = Regex.Split(caption.ToLowerInvariant(), "[^a-z]+");
        return (Words is null || Words.Split(", ").Intersect(words).Any())
            && (Without is null || !Without.Split(", ").Intersect(words).Any());
    }

    static bool IsIn(string key, string folder) => key.StartsWith(folder + "/", StringComparison.Ordinal);
}

/// <summary>A drawing that may be chosen; <paramref name="Class"/> is -1 for a drawing without a class.</summary>
sealed record Drawing(string Name, string Caption, int Class, byte[] Jpeg, byte[] Thumbnail)
{
    /// <summary>Whether fewer than 3 of the thumbnail's 256 cells are not white, so that 64 pixels show next to
    /// nothing.</summary>
    public bool IsBlank => Thumbnail.Chunk(3).Count(cell => cell.Min() < 235) < 3;

    long Ink { get; } = Thumbnail.Sum(value => 255L - value);

    /// <summary>Whether the thumbnails differ by less than 1.5 of 255 on average, and by less than a tenth of the
    /// drawings' ink.</summary>
    public bool IsTwinOf(Drawing other)
    {
        var difference = 0L;
        for (var i = 0; i < Thumbnail.Length; i++) difference += Math.Abs(Thumbnail[i] - other.Thumbnail[i]);
        return difference < Math.Min(1.5 * Thumbnail.Length, 0.1 * Math.Min(Ink, other.Ink));
    }
}
