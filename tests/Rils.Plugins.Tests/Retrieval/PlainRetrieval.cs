namespace Rils.Tests.Plugins.Retrieval;

/// <summary>Retrieval by plain counting over whole rankings, in double precision.</summary>
static class PlainRetrieval
{
    public static Dictionary<string, double> Metrics(IReadOnlyList<(float[] Feature, string Caption)> images,
        IReadOnlyDictionary<string, float[]> texts)
    {
        string[] captions = [.. images.Select(image => image.Caption).Distinct()];
        var cosines = images.Select(image =>
            captions.Select(caption => Cosine(image.Feature, texts[caption])).ToArray()).ToArray();
        var toText = images.Select((image, i) =>
            Rank(captions.Select((caption, t) => (cosines[i][t], caption == image.Caption))));
        var toImage = captions.Select((caption, t) =>
            Rank(images.Select((image, i) => (cosines[i][t], image.Caption == caption))));
        return new()
        {
            ["image_to_text_r1"] = Recall(toText, 1), ["image_to_text_r5"] = Recall(toText, 5),
            ["image_to_text_r10"] = Recall(toText, 10),
            ["text_to_image_r1"] = Recall(toImage, 1), ["text_to_image_r5"] = Recall(toImage, 5),
            ["text_to_image_r10"] = Recall(toImage, 10),
        };
    }

    // The worst order among equal cosines: wrong answers first.
    static int Rank(IEnumerable<(double Cosine, bool Right)> answers) =>
        answers.OrderByDescending(answer => answer.Cosine).ThenBy(answer => answer.Right).ToList()
            .FindIndex(answer => answer.Right);

    static double Recall(IEnumerable<int> ranks, int depth) => ranks.Average(rank => rank < depth ? 1.0 : 0);

    static double Cosine(float[] a, float[] b) => Math.Round(Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b)), 6);

    static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
