using Rils.Engine.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

/// <summary>The tests check the flags only; the flags' effect on a product shows on a CUDA device.</summary>
public sealed class TensorFloatTests
{
    [Fact]
    public void It_is_on_beside_bf16_and_off_in_fp32_and_no_matter_of_the_cpu()
    {
        TensorFloat.Choose(DeviceType.CUDA, isMixed: true);
        Assert.Equal((true, true), Flags());
        TensorFloat.Choose(DeviceType.CPU, isMixed: false);
        Assert.Equal((true, true), Flags());
        TensorFloat.Choose(DeviceType.CUDA, isMixed: false);
        Assert.Equal((false, false), Flags());
    }

    static (bool Products, bool Convolutions) Flags() => (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32);
}
