using System.Collections.Generic;

namespace Bootlace.Tidy;

/// <summary>A rule of style or layering that a machine can judge.</summary>
public interface ITidyRule
{
    /// <summary>All breaches of the rule in the tree.</summary>
    IEnumerable<Complaint> Judge(SourceTree tree);
}
