using System.Diagnostics;
using Rils.Contract;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Bench;

/// <summary>Measures the device's speed in products of large square matrices: the most that a model could reach in the
/// same dtype.</summary>
/// <remarks>In fp32 on a CPU with AVX-512 the product is a convolution with 1 x 1 kernels, as in the layers of
/// Rils.Layers. The thread of the device's lane makes, uses and disposes this object, outside dispose scopes.</remarks>
sealed class MatrixPeak : IDisposable
{
    static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(50);

    readonly Device device;
    readonly int side;
    readonly Tensor left, right, product;
    int products = 1;

    /// <summary>Rows and columns: on CUDA enough to fill all multiprocessors and to make the start of a product
    /// negligible.</summary>
    public static int SideOn(Device device) => device.type == DeviceType.CPU ? 2048 : 8192;

    public MatrixPeak(ScalarType dtype, Device device)
    {
        (this.device, side) = (device, SideOn(device));
        // No zeros, which some processors multiply faster, and no numbers so small that processors multiply them
        // slower.
        left = linspace(-1, 1, side * side, device: device).to_type(dtype).view(side, side);
        right = left.t().contiguous();
        product = zeros(side, side, dtype, device);
        left.DetachFromDisposeScope();
        right.DetachFromDisposeScope();
        product.DetachFromDisposeScope();
    }

    /// <summary>Multiplies matrices for at least 50 ms.</summary>
    /// <returns>Floating-point operations per second; a multiply-add counts as two.</returns>
    public double Measure()
    {
        using var constant = no_grad();
        using var threads = new MachineThreads();
        while (true)
        {
            Wait();
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < products; i++) Multiply();
            Wait();
            var took = Stopwatch.GetElapsedTime(begun);
            if (took >= Enough) return products * 2.0 * side * side * side / took.TotalSeconds;
            products = Math.Max(products + 1, (int)(products * 1.5 * (Enough / took)));
        }
    }

    void Multiply()
    {
        var isConvolution = device.type == DeviceType.CPU && left.dtype == ScalarType.Float32
            && Instructions.Current >= InstructionSet.Avx512;
        if (isConvolution)
            nn.functional.conv2d(left.view(1, side, 1, side).permute(0, 3, 1, 2), right.view(side, side, 1, 1))
                .Dispose();
        else product.addmm_(left, right, beta: 0, alpha: 1);
    }

    public void Dispose()
    {
        left.Dispose();
        right.Dispose();
        product.Dispose();
    }

    // Device synchronisation: products are timed from an idle device to an idle device.
    void Wait()
    {
        if (device.type != DeviceType.CPU) cuda.synchronize(device);
    }
}
