using System.Text;
using System.Text.Json;

namespace Rils.Tests.Plugins.OddFiles;

/// <summary>A sample as the bytes that its files have.</summary>
/// <param name="Name">The name, which is a file's name without a dot.</param>
/// <param name="Image">The image; null for a sample that lacks one.</param>
/// <param name="Label">The class as it is written; null for none.</param>
/// <param name="Captions">The captions as they are written.</param>
sealed record OddSample(string Name, byte[]? Image, byte[]? Label, params IReadOnlyList<OddCaption> Captions)
{
    /// <summary>The class as text.</summary>
    public string? LabelText => Label is null ? null : Encoding.Latin1.GetString(Label);
}

/// <summary>A caption as it is written.</summary>
/// <param name="Bytes">The bytes of a text file, or of a string in a JSON file with its quotes.</param>
/// <param name="IsJson">Whether it is of a JSON file.</param>
sealed record OddCaption(byte[] Bytes, bool IsJson = false)
{
    static readonly UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The caption as a text file has it; null for half of a surrogate pair, which UTF-8 lacks.</summary>
    public byte[]? Plain
    {
        get
        {
            if (!IsJson) return Bytes;
            try
            {
                return strict.GetBytes(JsonDocument.Parse(Bytes).RootElement.GetString()!);
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    /// <summary>The caption as a JSON file has it.</summary>
    public byte[] Quoted => IsJson ? Bytes : [(byte)'"', .. Bytes.SelectMany(Escaped), (byte)'"'];

    static byte[] Escaped(byte value) => value switch
    {
        < 0x20 => Encoding.ASCII.GetBytes($"\\u{(int)value:x4}"),
        (byte)'"' or (byte)'\\' => [(byte)'\\', value],
        _ => [value],
    };
}
