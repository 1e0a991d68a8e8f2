using System.Formats.Asn1;

namespace Bootlace.Tests.Support;

/// <summary>Takes the encrypted data out of what <c>openssl cms -encrypt</c> makes, as iPXE's tool cmsdetach does: the
/// command itself cannot leave it out.</summary>
public static class CmsDetach
{
    /// <summary>The data, and the message without it.</summary>
    public static (byte[] Data, byte[] Envelope) Split(byte[] message)
    {
        AsnReader outer = new AsnReader(message, AsnEncodingRules.BER).ReadSequence();
        string kind = outer.ReadObjectIdentifier();
        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        AsnReader envelope = outer.ReadSequence(tag).ReadSequence();
        byte[] data = [];

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(kind);
            using (writer.PushSequence(tag))
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(envelope.ReadEncodedValue().Span);   // version
                while (!envelope.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
                    writer.WriteEncodedValue(envelope.ReadEncodedValue().Span);   // originator, recipients
                AsnReader content = envelope.ReadSequence();
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(content.ReadEncodedValue().Span);   // content type
                    writer.WriteEncodedValue(content.ReadEncodedValue().Span);   // algorithm
                }
                if (content.HasData) data = content.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0));
                while (envelope.HasData) writer.WriteEncodedValue(envelope.ReadEncodedValue().Span);
            }
        }
        return (data, writer.Encode());
    }
}
