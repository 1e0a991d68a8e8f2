namespace Bootlace.RuntimeChecks;

/// <summary>The groups in the order they run: what everything else needs comes first.</summary>
internal static class AllChecks
{
    public static void Register(CheckList list)
    {
        LanguageChecks.Register(list);
        LanguageTypesChecks.Register(list);
        ExceptionChecks.Register(list);
        NumberFormatChecks.Register(list);
        NumberParseChecks.Register(list);
        NumberChecks.Register(list);
        BitChecks.Register(list);
        CharChecks.Register(list);
        StringChecks.Register(list);
        StringTableChecks.Register(list);
        InterpolationChecks.Register(list);
        StringBuilderChecks.Register(list);
        SpanChecks.Register(list);
        MemoryChecks.Register(list);
        ArrayChecks.Register(list);
        ListChecks.Register(list);
        DictionaryChecks.Register(list);
        CollectionChecks.Register(list);
        EncodingChecks.Register(list);
        ConvertChecks.Register(list);
        HashChecks.Register(list);
        ValueChecks.Register(list);
        TaskChecks.Register(list);
        AsyncChecks.Register(list);
        CancellationChecks.Register(list);
        ValueTaskChecks.Register(list);
        PooledAsyncChecks.Register(list);
        HeapChecks.Register(list);
    }
}
