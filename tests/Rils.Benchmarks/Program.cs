using BenchmarkDotNet.Running;
using Rils.Benchmarks;
using Rils.Benchmarks.Forms;
using Rils.Benchmarks.Yardstick;

if (args is ["yardstick", .. var rest]) return Comparison.Run(rest);
if (args is ["overhead", .. var count]) return Overhead.Run(count);
if (args is ["forms"]) return FormRowTool.Run();
if (args is ["decoding", .. var how]) return DecodingThreads.Run(how);
if (args is ["loading", .. var which]) return LoadingAlone.Run(which);
if (args is ["millions", .. var stage]) return Millions.Run(stage);
BenchmarkSwitcher.FromAssembly(typeof(TickWorld).Assembly).Run(args, InProcess.Config);
return 0;
