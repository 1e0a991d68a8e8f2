using System.Collections.Generic;

namespace Bootlace.Script;

/// <summary>What the word before the cursor can become. All text is <see cref="ByteText"/>.</summary>
/// <param name="Typed">Its part that is there already.</param>
/// <param name="Words">What begins with it, sorted, each once.</param>
/// <param name="Ending">What to write behind it when there is only one.</param>
public readonly record struct Completion(string Typed, IReadOnlyList<string> Words, string Ending)
{
    /// <summary>What can be written behind the typed part whichever word is meant.</summary>
    public string Addition
    {
        get
        {
            if (Words.Count == 0) return "";
            string common = Words[0];
            foreach (string word in Words)
            {
                int length = 0;
                while (length < common.Length && length < word.Length && common[length] == word[length]) length++;
                common = common.Substring(0, length);
            }
            // The way to a block goes on behind its slash.
            bool isWhole = Words.Count == 1 && !common.EndsWith('/');
            return common.Substring(Typed.Length) + (isWhole ? Ending : "");
        }
    }
}
