using System.Threading;
using System.Threading.Tasks;

namespace Bootlace.Script;

/// <summary>Decrypts images with the private key that is set. All text is <see cref="ByteText"/>; failures are thrown.
/// </summary>
public interface IImageDecryption
{
    /// <summary>Decrypts an image where it lies. One that cannot be decrypted stays as it was.</summary>
    /// <param name="image">What is encrypted.</param>
    /// <param name="envelope">Whom it is for, and how it was encrypted; it stays.</param>
    /// <param name="name">The new name; null: the old one without its last suffix.</param>
    /// <param name="isQuiet">Nothing is shown.</param>
    /// <param name="stop">Ctrl-C.</param>
    Task<IImage> DecryptAsync(IImage image, IImage envelope, string? name, bool isQuiet, CancellationToken stop);
}
