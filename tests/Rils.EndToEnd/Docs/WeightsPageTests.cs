using System.Diagnostics;
using System.Text.RegularExpressions;
using Rils.Engine.WeightFiles;
using Rils.Tests.Cli;
using Rils.Tests.Golden;

namespace Rils.Tests.Docs;

/// <summary>Applies the renaming rules of docs/weights.md to the names of the authors' model.</summary>
public sealed class WeightsPageTests : IDisposable
{
    static readonly string weights =
        Path.Combine(Repository.Root, "tests", "golden", "rils-tiny", "weights.safetensors");
    static readonly string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "weights.md"));
    static readonly string script =
        Regex.Match(page, "```python\n(# rename.py.*?)```", RegexOptions.Singleline).Groups[1].Value;
    static readonly string[] names = Names();
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rils-weights-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The names of timm's <c>VisionTransformer</c> of depth 2, in the version whose fused bias is still in
    /// two parts.</summary>
    static IEnumerable<string> Timm =>
    [
        "cls_token", "pos_embed", .. Linear("patch_embed.proj"), .. Linear("norm"),
        .. Blocks("blocks", block => [.. Linear($"{block}.norm1"), .. Linear($"{block}.norm2"),
            $"{block}.attn.qkv.weight", $"{block}.attn.q_bias", $"{block}.attn.v_bias",
            .. Linear($"{block}.attn.proj"), .. Linear($"{block}.mlp.fc1"), .. Linear($"{block}.mlp.fc2")]),
    ];

    /// <summary>The names of transformers' <c>CLIPTextModelWithProjection</c> of two layers.</summary>
    static IEnumerable<string> Clip =>
    [
        "text_model.embeddings.token_embedding.weight", "text_model.embeddings.position_embedding.weight",
        .. Linear("text_model.final_layer_norm"), "text_projection.weight",
        .. Blocks("text_model.encoder.layers", layer => [.. Linear($"{layer}.layer_norm1"),
            .. Linear($"{layer}.layer_norm2"), .. Linear($"{layer}.self_attn.q_proj"),
            .. Linear($"{layer}.self_attn.k_proj"), .. Linear($"{layer}.self_attn.v_proj"),
            .. Linear($"{layer}.self_attn.out_proj"), .. Linear($"{layer}.mlp.fc1"), .. Linear($"{layer}.mlp.fc2")]),
    ];

    [Fact]
    public void The_rules_make_the_names_of_the_other_models()
    {
        Assert.Equal(Timm.Order(StringComparer.Ordinal), Renamed("VISUAL").Order(StringComparer.Ordinal));
        Assert.Equal(Clip.Order(StringComparer.Ordinal), Renamed("TEXT").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_no_rule_takes_is_the_masked_half_and_the_space()
    {
        var rules = Rules("VISUAL").Concat(Rules("TEXT")).ToArray();
        Assert.All(names, name => Assert.InRange(rules.Count(rule => Regex.IsMatch(name, rule.Pattern)), 0, 1));
        var left = names.Where(name => !rules.Any(rule => Regex.IsMatch(name, rule.Pattern)));
        Assert.All(left,
            name => Assert.Matches("^(visual\\.(decoder_.*|mask_token)|image_projection|logit_scale)$", name));
    }

    [SkippableFact]
    public void The_script_prints_them_with_pythons_standard_library_alone()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "rename.py"), script);
        string[] lines;
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3",
                ["-S", "rename.py", weights]) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true })!;
            var (code, output, _) = python.Finished();
            Assert.Equal(0, code);
            lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new SkipException("there is no python3 here");
        }
        Assert.Equal(Timm.Select(name => $"visual {name}")
            .Concat(Clip.Select(name => $"text {name}")).Order(StringComparer.Ordinal),
            lines.Select(line => line.Split(' ')).Select(words => $"{words[0]} {words[2]}")
                .Order(StringComparer.Ordinal));
    }

    /// <summary>Checks the page's example of <c>[init]</c>: the quickstart's backbone takes a file with timm's
    /// names.</summary>
    [Fact]
    public void The_example_takes_a_file_of_timms_names()
    {
        var example = Regex.Match(page, "```toml\n(# from-timm.toml.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var file = Path.Combine(folder.FullName, "from-timm.toml");
        File.WriteAllText(file, example.Replace("experiments/quickstart.toml",
            Path.Combine(Repository.Root, "experiments", "quickstart.toml")));
        using (TorchSharp.torch.NewDisposeScope())
        {
            var (width, patch, depth) = (96, 8, 4);
            Dictionary<string, TorchSharp.torch.Tensor> timm = [];
            void Add(string name, params long[] shape) => timm.Add(name, TorchSharp.torch.ones(shape));
            Add("cls_token", 1, 1, width);
            Add("pos_embed", 1, 65, width);
            Add("patch_embed.proj.weight", width, 3, patch, patch);
            foreach (var name in (string[])["patch_embed.proj.bias", "norm.weight", "norm.bias"]) Add(name, width);
            foreach (var block in Enumerable.Range(0, depth).Select(i => $"blocks.{i}"))
            {
                foreach (var name in (string[])
                    ["norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias", "attn.proj.bias", "mlp.fc2.bias"])
                    Add($"{block}.{name}", width);
                Add($"{block}.attn.qkv.weight", 3 * width, width);
                Add($"{block}.attn.qkv.bias", 3 * width);
                Add($"{block}.attn.proj.weight", width, width);
                Add($"{block}.mlp.fc1.weight", 4 * width, width);
                Add($"{block}.mlp.fc1.bias", 4 * width);
                Add($"{block}.mlp.fc2.weight", width, 4 * width);
            }
            Add("head.weight", 1000, width);
            Add("head.bias", 1000);
            SafeTensors.Write(Path.Combine(folder.FullName, "vit.safetensors"), timm);
        }
        var output = Command.Here("check", file).Returns(0).Output;
        var taken = $"tensors from {folder.FullName}/vit.safetensors (backbone";
        Assert.Contains($"arm tuned: 58 {taken}): 0 as they are, 58 renamed; left 2: head.*; missing 0", output);
        Assert.Contains($"arm lit: 58 {taken}, frozen: backbone): 0 as they are, 58 renamed; left 2: head.*; missing 0",
            output);
    }

    /// <summary>Checks the page's example of CLIP's image tower, with a narrower one.</summary>
    [Fact]
    public void The_example_takes_clips_image_tower()
    {
        var example = Regex.Match(page, "```toml\n(# from-clip.toml.*?)```", RegexOptions.Singleline).Groups[1].Value;
        var file = Path.Combine(folder.FullName, "from-clip.toml");
        File.WriteAllText(file, example.Replace("experiments/quickstart.toml",
            Path.Combine(Repository.Root, "experiments", "quickstart.toml")));
        using (TorchSharp.torch.NewDisposeScope())
        {
            const int Width = 24;
            Dictionary<string, TorchSharp.torch.Tensor> clip = [];
            void Add(string name, params long[] shape) => clip.Add($"visual.{name}", TorchSharp.torch.ones(shape));
            Add("conv1.weight", Width, 3, 16, 16);
            Add("class_embedding", Width);
            Add("positional_embedding", 50, Width);
            Add("proj", Width, 512);
            foreach (var name in Linear("ln_pre").Concat(Linear("ln_post"))) Add(name, Width);
            foreach (var block in Enumerable.Range(0, 2).Select(i => $"transformer.resblocks.{i}"))
            {
                foreach (var name in (string[])[.. Linear($"{block}.ln_1"), .. Linear($"{block}.ln_2"),
                    $"{block}.attn.out_proj.bias", $"{block}.mlp.c_proj.bias"]) Add(name, Width);
                Add($"{block}.attn.in_proj_weight", 3 * Width, Width);
                Add($"{block}.attn.in_proj_bias", 3 * Width);
                Add($"{block}.attn.out_proj.weight", Width, Width);
                Add($"{block}.mlp.c_fc.weight", 4 * Width, Width);
                Add($"{block}.mlp.c_fc.bias", 4 * Width);
                Add($"{block}.mlp.c_proj.weight", Width, 4 * Width);
            }
            SafeTensors.Write(Path.Combine(folder.FullName, "clip.safetensors"), clip);
        }
        string[] sets = ["--set", "backbone.width=24", "--set", "backbone.depth=2", "--set", "backbone.heads=2"];
        var output = Command.Here(["check", file, .. sets]).Returns(0).Output;
        Assert.Contains($"arm clip: 32 tensors from {folder.FullName}/clip.safetensors (backbone, space): "
            + "0 as they are, 32 renamed; left 0; missing 2: logit_scale, text_projection", output);
        Assert.Contains("visual.pos_embed was fitted: visual.positional_embedding is [50, 24] there "
            + "and [1, 197, 24] here", output);
        var refused = Command.Here(["check", file, .. sets, "--set", "backbone.pre_norm=false"]);
        Assert.NotEqual(0, refused.Code);
        Assert.Contains("its image encoder is CLIP's own (visual.", refused.Error);
    }

    static IEnumerable<string> Renamed(string list) =>
        names.SelectMany(name => Rules(list).Where(rule => Regex.IsMatch(name, rule.Pattern)).Take(1)
                .Select(rule => Regex.Replace(name, rule.Pattern, rule.New)))
            .SelectMany(name => name.Contains("{}") ? "qkv".Select(part => name.Replace("{}", $"{part}")) : [name]);

    /// <summary>The rules of a list in the page's script: Python's pattern and replacement, in .NET's
    /// notation.</summary>
    static IEnumerable<(string Pattern, string New)> Rules(string list) =>
        Regex.Matches(Regex.Match(script, $@"^{list} = \[.*?^\]",
            RegexOptions.Singleline | RegexOptions.Multiline).Value, @"\(r""(.+)"", r""(.+)""\)")
            .Select(match => (match.Groups[1].Value, Regex.Replace(match.Groups[2].Value, @"\\(\d)", "$${$1}")));

    static string[] Names()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return [.. SafeTensors.Read(weights).Keys];
    }

    static IEnumerable<string> Blocks(string prefix, Func<string, IEnumerable<string>> names) =>
        Enumerable.Range(0, 2).SelectMany(i => names($"{prefix}.{i}"));

    static IEnumerable<string> Linear(string name) => [$"{name}.weight", $"{name}.bias"];
}
