using Rils.Contract;
using TorchSharp;

namespace Rils.Engine.Bench;

/// <summary>Gives operations of the calling thread all threads of the machine, until its disposal.</summary>
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
