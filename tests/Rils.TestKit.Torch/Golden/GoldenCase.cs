using System.Text.Json;
using Rils.Engine.WeightFiles;
using static TorchSharp.torch;

namespace Rils.Tests.Golden;

/// <summary>A golden case: the dimensions in case.json, and tensors in several files.</summary>
public sealed class GoldenCase
{
    readonly string folder;

    /// <summary>Opens the case in a folder that has a case.json.</summary>
    public GoldenCase(string folder)
    {
        this.folder = folder;
        Json = JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json")));
    }

    /// <summary>All of case.json.</summary>
    public JsonElement Json { get; }

    /// <summary>A whole number of case.json.</summary>
    public int this[string key] => Json.GetProperty(key).GetInt32();

    /// <summary>A number of case.json.</summary>
    public double Number(string key) => Json.GetProperty(key).GetDouble();

    /// <summary>The tensors of one file: weights, inputs, outputs, grads, trajectory or final.</summary>
    public Dictionary<string, Tensor> Read(string file) =>
        SafeTensors.Read(Path.Combine(folder, $"{file}.safetensors"));

    /// <summary>The number of patches that stay visible, as the authors' code counts them: int(patches · (1 -
    /// ratio)).</summary>
    public int Visible(int patches) => (int)(patches * (1 - Number("mask_ratio")));
}
