using System.Buffers.Binary;
using System.Text;
using Rils.Engine.WeightFiles;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Files;

public sealed class SafeTensorsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rils-safetensors-").FullName;
    readonly TorchSharp.DisposeScope scope = NewDisposeScope();

    string Path => System.IO.Path.Combine(folder, "file.safetensors");

    public void Dispose()
    {
        scope.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Every_type_and_shape_comes_back_bit_for_bit()
    {
        var numbers = arange(-3, 5, dtype: ScalarType.Float32) / 3;
        var written = new Dictionary<string, Tensor>
        {
            ["odd"] = tensor(new byte[] { 1, 2, 3 }), ["flag"] = tensor(new[] { true, false }),
            ["small"] = numbers.to(ScalarType.Int8),
            ["half"] = numbers.to(ScalarType.Float16), ["brain"] = numbers.to(ScalarType.BFloat16).view(2, 2, 2),
            ["single"] = numbers.view(4, 2), ["double"] = numbers.to(ScalarType.Float64),
            ["int16"] = numbers.to(ScalarType.Int16),
            ["int32"] = numbers.to(ScalarType.Int32), ["long"] = tensor(long.MinValue),
            ["scalar"] = tensor(2.5f), ["none"] = zeros(0, 3),
            ["transposed"] = numbers.view(4, 2).t(), ["view"] = numbers.narrow(0, 3, 2), ["ключ \"1\""] = numbers,
        };
        SafeTensors.Write(Path, written);
        var read = SafeTensors.Read(Path);
        Assert.Equal(written.Keys.Order(), read.Keys.Order());
        foreach (var (name, tensor) in written)
        {
            Assert.Equal(tensor.dtype, read[name].dtype);
            Assert.True(tensor.Equals(read[name]), name);
        }
        Assert.Equal([Path], Directory.GetFiles(folder));
    }

    [Fact]
    public void The_same_tensors_give_the_same_bytes_in_any_order()
    {
        var (a, b) = (ones(3), zeros(2, ScalarType.Int64));
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = a, ["b"] = b, ["A"] = a });
        var first = File.ReadAllBytes(Path);
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["A"] = a, ["b"] = b, ["a"] = a });
        Assert.Equal(first, File.ReadAllBytes(Path));
        const string Header = """{"b":{"dtype":"I64","shape":[2],"data_offsets":[0,16]},"A":"""
            + """{"dtype":"F32","shape":[3],"data_offsets":[16,28]},"a":"""
            + """{"dtype":"F32","shape":[3],"data_offsets":[28,40]}}""";
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(first);
        Assert.Equal(0, length % 8);
        Assert.Equal(Header.PadRight(length), Encoding.UTF8.GetString(first, 8, length));
        Assert.Equal(8 + length + 40, first.Length);
    }

    [Fact]
    public void A_file_of_another_writer_comes_back_tensor_for_tensor()
    {
        var original = System.IO.Path.Combine(Repository.Root, "tests", "golden", "rils-tiny", "inputs.safetensors");
        var tensors = SafeTensors.Read(original);
        SafeTensors.Write(Path, tensors);
        var again = SafeTensors.Read(Path);
        Assert.All(tensors, item => Assert.True(item.Value.Equals(again[item.Key])));
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = ones(1) });
        var before = File.ReadAllBytes(Path);
        var complex = new Dictionary<string, Tensor> { ["z"] = zeros(1, ScalarType.ComplexFloat32) };
        Assert.Contains("'z'", Assert.Throws<ArgumentException>(() => SafeTensors.Write(Path, complex)).Message);
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Every_truncation_is_refused_by_name()
    {
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = ones(2), ["b"] = ones(1) });
        var whole = File.ReadAllBytes(Path);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Contains(Path, Assert.Throws<InvalidDataException>(() => SafeTensors.Read(Path)).Message);
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":"""
        + """{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "the file holds 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,12]}}""", "hold 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-3],"data_offsets":[0,12]}}""", "hold 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807,9223372036854775807],"""
        + "\"data_offsets\":[0,12]}}", "hold 12 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[12,0]}}""", "data_offsets [12, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[-4,8]}}""", "data_offsets [-4, 8]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0]}}""", "data_offsets [0]")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[3],"data_offsets":[0,12]}}""", "unknown dtype 'Q4'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3]}}""", "tensor 'a' has no data_offsets")]
    [InlineData("""{"a":3}""", "tensor 'a' has no dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":["3"],"data_offsets":[0,12]}}""", "header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3.5],"data_offsets":[0,12]}}""", "header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"a":"""
        + """{"dtype":"F32","shape":[0],"data_offsets":[12,12]}}""", "header")]
    [InlineData("""[1, 2]""", "header")]
    [InlineData("""{"a":""", "header")]
    public void A_damaged_header_is_refused_with_file_and_cause(string header, string cause)
    {
        WriteRaw(header, data: 12);
        var message = Assert.Throws<InvalidDataException>(() => SafeTensors.Read(Path)).Message;
        Assert.StartsWith(Path, message);
        Assert.Contains(cause, message);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    [InlineData(1000UL)]
    public void A_bad_header_length_is_refused(ulong length)
    {
        WriteRaw("{}", data: 0);
        var bytes = File.ReadAllBytes(Path);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(Path, bytes);
        Assert.StartsWith(Path, Assert.Throws<InvalidDataException>(() => SafeTensors.Read(Path)).Message);
    }

    [Fact]
    public void Metadata_is_no_tensor()
    {
        WriteRaw("""{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", data: 4);
        Assert.Equal(0, Assert.Single(SafeTensors.Read(Path)).Value.item<float>());
    }

    [Fact]
    public void Metadata_comes_back_in_equal_bytes_whatever_its_order()
    {
        var tensors = new Dictionary<string, Tensor> { ["a"] = ones(1) };
        SafeTensors.Write(Path, tensors, new Dictionary<string, string> { ["б"] = "a \"b\"\nc", ["a"] = "" });
        var first = File.ReadAllBytes(Path);
        SafeTensors.Write(Path, tensors, new Dictionary<string, string> { ["a"] = "", ["б"] = "a \"b\"\nc" });
        Assert.Equal(first, File.ReadAllBytes(Path));
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(first);
        Assert.Equal(0, length % 8);
        Assert.StartsWith("""{"__metadata__":{"a":"","б":"a \"b\"\nc"},"a":{""",
            Encoding.UTF8.GetString(first, 8, length));
        Assert.Equal([new("a", ""), new("б", "a \"b\"\nc")], SafeTensors.ReadMetadata(Path));
        Assert.Equal(1, Assert.Single(SafeTensors.Read(Path)).Value.item<float>());
        SafeTensors.Write(Path, tensors);
        Assert.Empty(SafeTensors.ReadMetadata(Path));
    }

    [Theory]
    [InlineData("{\"step\":3}", "`step` in __metadata__ is 3: the format takes strings there")]
    [InlineData("[1]", "header")]
    [InlineData("{\"a\":\"\",\"a\":\"\"}", "header")]
    public void Metadata_that_is_not_text_by_text_is_refused_with_file_and_cause(string metadata, string cause)
    {
        WriteRaw($$"""{"__metadata__":{{metadata}}}""", data: 0);
        var message = Assert.Throws<InvalidDataException>(() => SafeTensors.ReadMetadata(Path)).Message;
        Assert.StartsWith(Path, message);
        Assert.Contains(cause, message);
    }

    void WriteRaw(string header, int data)
    {
        var bytes = new byte[8 + header.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        Encoding.UTF8.GetBytes(header, bytes.AsSpan(8));
        File.WriteAllBytes(Path, bytes);
    }
}
