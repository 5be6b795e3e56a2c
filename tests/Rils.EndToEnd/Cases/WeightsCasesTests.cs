using System.Text.Json;
using Rils.Engine.WeightFiles;
using Rils.Tests.Cli;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Cases;

/// <summary>Files of weights as users have them: a Git LFS pointer instead of the file, a model in parts, numbers of a
/// diverged run, another project's shapes and names.</summary>
public sealed class WeightsCasesTests
{
    static Outcome Check(CaseFolder folder) => Command.Here("check", folder.Experiment);

    [Fact]
    public void A_pointer_of_Git_LFS_is_known()
    {
        using CaseFolder folder = new("reports/weights-lfs-pointer");
        Assert.EndsWith($"[init]: {folder["vit.safetensors"]}: "
            + "this is a Git LFS pointer: fetch the file itself by `git lfs pull`\n", Check(folder).Returns(2).Error);
    }

    public static readonly TheoryData<string, byte[]> Others = new()
    {
        { "this is a zip archive, as PyTorch's .pt, .pth and .bin files are: convert it to safetensors",
            [(byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0, 0, 0, 0, 0] },
        { "this is a pickle, as PyTorch's older .pt and .pth files are: convert it",
            [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20] },
        { "this is an HTML page, as a server sends in place of a file: download it again",
            [.. "\n<!DOCTYPE html>\n<html lang=\"en\"><head>"u8] },
        { "this is a page of a server, not a file of weights",
            [.. "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>"u8] },
        { "this is JSON text, not a file of weights",
            [.. "{\"error\":\"Invalid credentials in Authorization header\"}"u8] },
        { "this is compressed: unpack it", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] },
        { "this is an HDF5 file", [0x89, .. "HDF\r\n"u8, 0x1A, 0x0A, 0, 0] },
        { "this is a GGUF file", [.. "GGUF"u8, 3, 0, 0, 0, 1, 0, 0] },
        { "this is a git-annex pointer", [.. "/annex/objects/SHA256E-s123--abc.safetensors\n"u8] },
        { "0 bytes are too few for a safetensors file", [] },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Other_files_in_its_place_are_called_by_their_names(string message, byte[] content)
    {
        using CaseFolder folder = new("reports/weights-lfs-pointer");
        File.WriteAllBytes(folder["vit.safetensors"], content);
        Assert.Contains($"{folder["vit.safetensors"]}: {message}", Check(folder).Returns(2).Error);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_told_before_training_by_their_tensor()
    {
        using CaseFolder folder = new("reports/weights-nan");
        Assert.Contains($"{folder["vit.safetensors"]} holds numbers that are not finite, "
            + "since the run that made them diverged, or they were converted badly; take others: "
            + "blocks.0.mlp.fc1.weight holds NaN (1 of 4096 numbers)\n", Check(folder).Returns(2).Error);
    }

    [Fact]
    public void Infinite_numbers_are_told_too_and_none_that_nothing_takes()
    {
        using CaseFolder folder = new("reports/weights-nan");
        Change(folder["vit.safetensors"], tensors =>
        {
            tensors["blocks.0.mlp.fc1.weight"] = tensors["blocks.0.mlp.fc1.weight"].nan_to_num();
            tensors["norm.bias"] = full_like(tensors["norm.bias"], double.NegativeInfinity);
        });
        Assert.Contains("take others: norm.bias holds infinity (32 of 32 numbers)\n", Check(folder).Returns(2).Error);
        Change(folder["vit.safetensors"], tensors =>
        {
            tensors["norm.bias"] = zeros_like(tensors["norm.bias"]);
            tensors["head.weight"] = full_like(tensors["head.weight"], double.NaN);
        });
        Assert.Contains("19 tensors from", Check(folder).Returns(0).Output);
    }

    [Fact]
    public void One_number_is_one_number_in_whatever_shape()
    {
        using CaseFolder folder = new("reports/weights-logit-scale-1");
        Assert.Contains("18 tensors from", Check(folder).Returns(0).Output);
        var run = folder["run"];
        Command.Here("run", folder.Experiment, "--set", "steps=1", "--set", "schedule.learning_rate=1e-12", "--out",
            run).Returns(0);
        using var scope = NewDisposeScope();
        var given = SafeTensors.Read(folder["oc.safetensors"])["logit_scale"];
        var taken = SafeTensors.Read(Path.Combine(run, "seed-0", "case", "model.safetensors"))["logit_scale"];
        Assert.Equal([1], given.shape);
        Assert.Empty(taken.shape);
        Assert.Equal(given.to(ScalarType.Float32).item<float>(), taken.item<float>(), 1e-5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("clip.")]
    public void The_projection_of_texts_comes_with_their_encoder_wherever_that_lies(string before)
    {
        using CaseFolder folder = new("reports/weights-openclip-custom-text");
        Change(folder["oc.safetensors"], tensors =>
        {
            foreach (var name in tensors.Keys.Where(name => name.StartsWith("text.")).ToArray())
                if (tensors.Remove(name, out var moved)) tensors[before + name] = moved;
        });
        Command.Here("run", folder.Experiment, "--set", "steps=1", "--out", folder["run"]).Returns(0);
        using var taken = JsonDocument.Parse(File.ReadAllText(folder["run", "seed-0", "case", "init.json"]));
        var from = taken.RootElement.GetProperty("taken").EnumerateArray()
            .Single(tensor => tensor.GetProperty("name").GetString() == "text_projection").GetProperty("from");
        Assert.Equal($"{before}text.text_projection", Assert.Single(from.EnumerateArray()).GetString());
        Assert.Equal("image_projection",
            Assert.Single(taken.RootElement.GetProperty("missing").EnumerateArray()).GetString());
        Assert.Empty(taken.RootElement.GetProperty("left").EnumerateArray());
    }

    [Fact]
    public void The_parts_that_an_index_names_are_read_together()
    {
        using CaseFolder folder = new("reports/weights-sharded");
        Assert.Contains($"19 tensors from {folder["model.safetensors.index.json"]} (backbone)",
            Check(folder).Returns(0).Output);
        var listed = Command.Here("weights", folder["model.safetensors.index.json"]).Returns(0).Output;
        Assert.Contains("model.safetensors.index.json", listed);
        Assert.Contains("blocks.0.mlp.fc2.bias", listed);
        Assert.Contains("cls_token", listed);
        Command.Here("run", folder.Experiment, "--set", "steps=1", "--out", folder["run"]).Returns(0);
        var manifest = File.ReadAllText(folder["run", "manifest.json"]);
        Assert.All((string[])["model.safetensors.index.json", "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors"], file => Assert.Contains(folder[file], manifest));
    }

    [Fact]
    public void A_folder_of_parts_leads_to_their_index()
    {
        using CaseFolder folder = new("reports/weights-sharded");
        File.WriteAllText(folder.Experiment,
            File.ReadAllText(folder.Experiment).Replace("model.safetensors.index.json", "."));
        Assert.Contains($"is a folder: name the file, as in path = \"{folder["model.safetensors.index.json"]}\"",
            Check(folder).Returns(2).Error);
    }

    [Theory]
    [InlineData("model-00002-of-00002", "model-00003-of-00002", "model-00003-of-00002.safetensors")]
    [InlineData("\"model-00002-of-00002.safetensors\"", "\"../model-00002-of-00002.safetensors\"",
        "each part must be a file beside the index")]
    [InlineData("\"model-00002-of-00002.safetensors\"", "2",
        "its weight_map names 2: each part must be a file beside the index")]
    [InlineData("\"cls_token\": \"model-00001", "\"cls_token\": \"model-00002",
        "tensor 'cls_token' should be in model-00002-of-00002.safetensors, "
            + "and is not: index and parts come from different downloads")]
    [InlineData("\"cls_token\"", "\"cls_tokens\"",
        "tensor 'cls_tokens' should be in model-00001-of-00002.safetensors, and is not")]
    [InlineData("weight_map", "weights",
        "this is no index of weights, since it has no weight_map: name a .safetensors file")]
    [InlineData("{\"metadata\"", "version https://git-lfs.github.com/spec/v1", "this is a Git LFS pointer")]
    [InlineData("{\"metadata\"", "metadata", "this is no JSON")]
    public void What_is_wrong_with_an_index_is_told(string good, string bad, string message)
    {
        using CaseFolder folder = new("reports/weights-sharded");
        var index = folder["model.safetensors.index.json"];
        File.WriteAllText(index, File.ReadAllText(index).Replace(good, bad));
        var error = Check(folder).Returns(2).Error;
        Assert.StartsWith("case.toml:4:8: [init]: ", error.Replace(folder.Path + "/", ""));
        Assert.Contains(message, error);
    }

    [Fact]
    public void A_tensor_in_two_parts_is_refused()
    {
        using CaseFolder folder = new("reports/weights-sharded");
        using (NewDisposeScope())
        {
            var first = SafeTensors.Read(folder["model-00001-of-00002.safetensors"]);
            Change(folder["model-00002-of-00002.safetensors"], tensors => tensors["cls_token"] = first["cls_token"]);
        }
        Assert.Contains("tensor 'cls_token' is in model-00001-of-00002.safetensors "
            + "and in model-00002-of-00002.safetensors", Check(folder).Returns(2).Error);
    }

    static void Change(string file, Action<Dictionary<string, Tensor>> change)
    {
        using var scope = NewDisposeScope();
        var tensors = SafeTensors.Read(file);
        change(tensors);
        SafeTensors.Write(file, tensors);
    }
}
