namespace Rils.LanguageTarget;

/// <summary>The sentence that teacher and student give to each patch of an image: the number of the one with the
/// largest logit.</summary>
/// <param name="Teacher">The teacher's sentence for every patch.</param>
/// <param name="Student">The student's sentence for every hidden patch; null for a patch that the masked pass
/// sees.</param>
sealed record Assignment(long?[] Teacher, long?[] Student)
{
    /// <summary>How many patches are hidden.</summary>
    public int Hidden => Student.Count(sentence => sentence is not null);

    /// <summary>How many hidden patches get the same sentence from teacher and student.</summary>
    public int Agreed => Student.Zip(Teacher).Count(pair => pair.First is not null && pair.First == pair.Second);

    /// <summary>The sentences that teacher and student give to the patches, the most frequent first; equally frequent
    /// ones in the batch's order.</summary>
    public IEnumerable<long> ByFrequency => Teacher.Concat(Student).OfType<long>().GroupBy(sentence => sentence)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => group.Key);
}
