using Rils.Contract;

namespace Rils.Tests;

/// <summary>Samples with at most one caption and one class, as most tests have them.</summary>
static class SampleReading
{
    extension(Sample sample)
    {
        /// <summary>The first caption; null where the sample has none.</summary>
        public string? Caption => sample.Find<Captions>()?.Texts[0];

        /// <summary>The class number; null where the sample has none.</summary>
        public int? Class => sample.Find<Label>()?.Number;

        /// <summary>Why the caption cannot be used.</summary>
        public string? CaptionFault => sample.FaultOf(typeof(Captions));

        /// <summary>Why the class cannot be used.</summary>
        public string? ClassFault => sample.FaultOf(typeof(Label));
    }

    extension(ISource source)
    {
        /// <summary>Reads a sample with all components that the source has.</summary>
        public Sample Read(int index) => source.Read(index, source.Components.ToHashSet());
    }
}
