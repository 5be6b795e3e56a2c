namespace Rils.LanguageTarget;

/// <summary>The sentence that each patch of an image is likest to.</summary>
/// <param name="Teacher">Of every patch.</param>
/// <param name="Student">Of every patch; null where the masked pass sees it.</param>
sealed record Assignment(long?[] Teacher, long?[] Student)
{
    /// <summary>How many patches are hidden.</summary>
    public int Hidden => Student.Count(sentence => sentence is not null);

    /// <summary>Hidden patches to which both give one sentence.</summary>
    public int Agreed => Student.Zip(Teacher).Count(pair => pair.First is not null && pair.First == pair.Second);

    /// <summary>All sentences, the most frequent first, of teacher and student together; of equally frequent ones the earlier in the batch.</summary>
    public IEnumerable<long> ByFrequency => Teacher.Concat(Student).OfType<long>().GroupBy(sentence => sentence)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => group.Key);
}
