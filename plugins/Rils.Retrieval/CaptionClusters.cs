namespace Rils.Retrieval;

/// <summary>Finds images and captions that are connected: an image with its captions, and with all other images of
/// these captions. Right answers among them are no independent evidence.</summary>
static class CaptionClusters
{
    /// <summary>Numbers the clusters from 0, in the order of their first images.</summary>
    /// <param name="ofImages">The numbers of each image's captions.</param>
    /// <param name="ofCaptions">The numbers of each caption's images.</param>
    /// <returns>The cluster of each image, and of each caption; null where each is alone among its kind.</returns>
    public static (IReadOnlyList<int>? Images, IReadOnlyList<int>? Captions) Of(
        IReadOnlyList<IReadOnlyList<int>> ofImages, IReadOnlyList<IReadOnlyList<int>> ofCaptions)
    {
        var (images, captions, count) = (Unknown(ofImages.Count), Unknown(ofCaptions.Count), 0);
        for (var image = 0; image < images.Length; image++)
        {
            if (images[image] >= 0) continue;
            Spread(image, count);
            count++;
        }
        return (AloneOrNot(images), AloneOrNot(captions));

        void Spread(int first, int cluster)
        {
            Queue<int> open = new([first]);
            images[first] = cluster;
            while (open.TryDequeue(out var image))
                foreach (var caption in ofImages[image].Where(caption => captions[caption] < 0))
                {
                    captions[caption] = cluster;
                    foreach (var other in ofCaptions[caption].Where(other => images[other] < 0))
                    {
                        images[other] = cluster;
                        open.Enqueue(other);
                    }
                }
        }
    }

    static int[] Unknown(int count) => [.. Enumerable.Repeat(-1, count)];

    static int[]? AloneOrNot(int[] clusters) => clusters.Distinct().Count() == clusters.Length ? null : clusters;
}
