using Rils.Contract;
using TorchSharp;

namespace Rils.Engine.Bench;

/// <summary>While it lives, operations of the calling thread take all threads of the machine.</summary>
readonly struct MachineThreads : IDisposable
{
    readonly int before;

    public MachineThreads()
    {
        before = torch.get_num_threads();
        OpenMp.Take(OpenMp.MachineThreads);
    }

    public void Dispose() => OpenMp.Take(before);
}
