using BenchmarkDotNet.Attributes;
using Rils.Contract;
using Rils.Masking;
using TorchSharp;

namespace Rils.Benchmarks;

/// <summary>Makes a mask that hides three quarters from the noise of 256 images of 14 x 14 patches.</summary>
[MemoryDiagnoser]
public class MaskSampling
{
    readonly RankedMasking masking = new(0.75, static (noise, _) => noise);
    readonly PatchGrid grid = new(14, 14);
    readonly torch.Tensor noise = torch.rand(256, 196);

    [Benchmark]
    public long Mask()
    {
        using var scope = torch.NewDisposeScope();
        return masking.Mask(noise, grid).Hidden.shape[1];
    }
}
