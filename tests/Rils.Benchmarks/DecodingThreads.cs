using Rils.Engine.Bench;

namespace Rils.Benchmarks;

/// <summary>The cost of an image when 1 to 16 threads decode at once. Locks show on any number of cores: a lock that
/// spins costs processor time, and a lock that sleeps counts as sleeps.</summary>
static class DecodingThreads
{
    const int Rounds = 3;

    static readonly int[] counts = [1, 2, 4, 8, 16];

    /// <summary>Drawings of 64 pixels, as clipart-mini has them, and photographs for 224 pixels; each kind with the
    /// number of images decoded in a round.</summary>
    static readonly (string Name, int Size, int Images)[] kinds =
        [("64 x 64 to 64", 64, 20_000), ("500 x 375 to 224", 224, 1_000)];

    /// <param name="arguments">None for the table. <c>64 16 60000</c> decodes 60000 images for 64 pixels on 16 threads,
    /// for use under a tracer.</param>
    public static int Run(string[] arguments)
    {
        if (arguments is [var size, var threads, var images])
        {
            var one = new DecodingData(int.Parse(size));
            var (seconds, sleeps) = Measure(one, int.Parse(threads), int.Parse(images));
            Console.WriteLine($"{1e6 * seconds:0} us and {sleeps:0.0000} sleeps an image");
            return 0;
        }
        foreach (var kind in kinds) Table(kind.Name, kind.Size, kind.Images);
        return 0;
    }

    static void Table(string name, int size, int images)
    {
        var data = new DecodingData(size);
        // These two runs let the compiler finish before the measured ones.
        Measure(data, 2, images);
        Measure(data, counts[^1], images);
        var found = counts.ToDictionary(threads => threads, _ => new List<(double Seconds, double Sleeps)>());
        for (var round = 0; round < Rounds; round++)
            foreach (var threads in counts) found[threads].Add(Measure(data, threads, images));
        Console.WriteLine($"{name}: pixels {data.Hash()}");
        Console.WriteLine($"{"threads",10}{"us an image",15}{"sleeps an image",18}");
        foreach (var (threads, all) in found)
        {
            var seconds = Median.Of(all.Select(one => one.Seconds));
            var sleeps = Median.Of(all.Select(one => one.Sleeps));
            Console.WriteLine($"{threads,10}{1e6 * seconds,15:0}{sleeps,18:0.0000}");
        }
    }

    static (double Seconds, double Sleeps) Measure(DecodingData data, int threads, int images)
    {
        var next = -1;
        var before = ResourceUse.Now();
        Thread[] all = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            var pixels = new byte[3 * data.Size * data.Size];
            for (int i; (i = Interlocked.Increment(ref next)) < images;) data.Decode(i, pixels);
        }))];
        foreach (var thread in all) thread.Start();
        foreach (var thread in all) thread.Join();
        var used = ResourceUse.Now() - before;
        return (used.Seconds / images, (double)used.Sleeps / images);
    }
}
