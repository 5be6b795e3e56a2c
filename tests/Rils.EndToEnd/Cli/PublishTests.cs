using System.Diagnostics;
using Rils.Tests.Golden;

namespace Rils.Tests.Cli;

/// <summary><c>rils</c> published for machines without .NET. The tests move it, and start it from another folder with
/// an empty environment.</summary>
public sealed class PublishTests(PublishTests.Published published) : IClassFixture<PublishTests.Published>
{
    const int Steps = 3;

    /// <summary>A published <c>rils</c>, moved away from the folder that it was published to.</summary>
    public sealed class Published : IDisposable
    {
        /// <summary>NuGet's error codes where the machine has no network, or NuGet does not have the package of the
        /// runtime.</summary>
        static readonly string[] Unserved = ["NU1301", "NU1101", "NU1102"];

        readonly DirectoryInfo root = Directory.CreateTempSubdirectory("rils-published-");

        public Published()
        {
            Elsewhere = Directory.CreateDirectory(Path.Combine(root.FullName, "elsewhere")).FullName;
            Folder = Path.Combine(root.FullName, "moved");
            if (!OperatingSystem.IsLinux()) return;
            var made = Path.Combine(root.FullName, "made");
            (Code, Output, Error) = Run("dotnet", "publish", Path.Combine(Repository.Root, "hosts", "Rils.Cli"),
                "-c", Configuration, "-r", "linux-x64", "--self-contained", "-o", made,
                "--nologo", "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false");
            if (Code == 0) Directory.Move(made, Folder);
        }

        public int Code { get; }

        public string Output { get; } = "";

        public string Error { get; } = "";

        public string Folder { get; }

        public string Elsewhere { get; }

        internal Toy Toy { get; } = new();

        static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

        /// <summary>Runs <c>rils</c> with these environment variables and no other.</summary>
        internal Outcome Rils(string[] variables, params string[] arguments)
        {
            Skip.IfNot(OperatingSystem.IsLinux(), "rils is published for Linux here");
            Skip.If(Unserved.Any(Output.Contains),
                $"the runtime that a published rils brings cannot be fetched here: {Output}");
            Assert.True(Code == 0, $"dotnet publish: exit code {Code}\n{Output}\n{Error}");
            var (code, output, error) = Run("env", ["-i", .. variables, Path.Combine(Folder, "rils"), .. arguments]);
            return new(code, output, error);
        }

        public void Dispose()
        {
            Toy.Dispose();
            root.Delete(recursive: true);
        }

        (int Code, string Output, string Error) Run(string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Elsewhere,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            // The test run sets these variables for its own MSBuild.
            foreach (var name in start.Environment.Keys.Where(IsMsBuilds).ToArray()) start.Environment.Remove(name);
            using var process = Process.Start(start)!;
            return process.Finished();
        }

        static bool IsMsBuilds(string variable) => variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public void It_finds_its_plugins()
    {
        var found = published.Rils([], "plugins").Returns(0).Output;
        foreach (var plugin in Directory.GetDirectories(Path.Combine(Command.Folder, "plugins")))
            Assert.Contains($"{Path.GetFileName(plugin)} ", found);
    }

    [SkippableFact]
    public void It_checks_and_plans()
    {
        Assert.Contains("toy can be run.", published.Rils([], "check", published.Toy.Experiment).Returns(0).Output);
        Assert.Contains("language.loss", published.Rils([], "plan", published.Toy.Experiment).Returns(0).Output);
    }

    [SkippableFact]
    public void It_trains_to_the_bytes_of_the_build()
    {
        string[] arguments = ["run", published.Toy.Experiment, "--set", $"steps={Steps}", "--out"];
        published.Rils([], [.. arguments, published.Toy["published"]]).Returns(0);
        // The built one gets as few variables as the published one: ATEN_CPU_CAPABILITY, for example, decides bits.
        Command.Under(["env", "-i", $"PATH={Environment.GetEnvironmentVariable("PATH")}"],
            [.. arguments, published.Toy["built"]]).Returns(0);
        foreach (var file in (string[])
            ["outcome.json", "metrics.jsonl", "rils/model.safetensors", "clip/model.safetensors"])
            Assert.Equal(Bytes("built", file), Bytes("published", file));
    }

    /// <summary>A user may send <c>rils</c> without libtorch to a machine that has a PyTorch.</summary>
    [SkippableFact]
    public void Without_its_libtorch_it_says_what_to_do_and_takes_another()
    {
        var (own, away) = (Path.Combine(published.Folder, "libtorch"), Path.Combine(published.Elsewhere, "torch-lib"));
        published.Rils([], "--help").Returns(0);
        Directory.Move(own, away);
        try
        {
            const string Fix =
                "build rils again (dotnet build hosts/Rils.Cli -c Release), or copy its folder anew and whole; "
                + "or name the torch/lib folder of an installed PyTorch 2.10 or 2.11 by RILS_LIBTORCH, "
                + "or by --libtorch where a command takes it";
            Assert.Equal($"""
                error: the folder of libtorch does not exist
                  where: {own}
                  fix:   {Fix}

                """, published.Rils([], "check", published.Toy.Experiment).Returns(2).Error);
            foreach (var command in (string[])["check", "plan"])
            {
                published.Rils([], command, published.Toy.Experiment, "--libtorch", away).Returns(0);
                published.Rils([$"RILS_LIBTORCH={away}"], command, published.Toy.Experiment).Returns(0);
            }
        }
        finally
        {
            Directory.Move(away, own);
        }
    }

    [SkippableFact]
    public void Without_TorchSharps_native_half_no_other_libtorch_is_proposed()
    {
        const string Library = "libLibTorchSharp.so";
        var (own, away) = (Path.Combine(published.Folder, Library), Path.Combine(published.Elsewhere, Library));
        published.Rils([], "--help").Returns(0);
        File.Move(own, away);
        try
        {
            var error = published.Rils([], "check", published.Toy.Experiment).Returns(2).Error;
            Assert.StartsWith("error: rils' own libLibTorchSharp.so is missing\n  where: ", error);
            Assert.DoesNotContain("--libtorch", error);
        }
        finally
        {
            File.Move(away, own);
        }
    }

    byte[] Bytes(string run, string file) =>
        File.ReadAllBytes(Path.Combine(published.Toy[run], "seed-0", file));
}
