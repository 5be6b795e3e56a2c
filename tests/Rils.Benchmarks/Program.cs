using BenchmarkDotNet.Running;
using Rils.Benchmarks;
using Rils.Benchmarks.Forms;
using Rils.Benchmarks.Yardstick;

if (args is ["yardstick", .. var rest]) return Comparison.Run(rest);
if (args is ["forms"]) return FormRowTool.Run();
BenchmarkSwitcher.FromAssembly(typeof(TickWorld).Assembly).Run(args, InProcess.Config);
return 0;
