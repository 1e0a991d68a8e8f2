namespace Bootlace.Harness;

/// <summary>A name and its secret, as CHAP wants them (RFC 7143, 12.1.3).</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Secret">The secret; at least 12 characters, or initiators refuse it.</param>
public sealed record ChapAccount(string Name, string Secret);
