using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Mom.Messaging.Topology;

/// <summary>Which partition a key belongs to. It never changes: two versions of a program, and programs in other languages, must choose the same.</summary>
public static class Partition
{
    /// <summary>Partitions of one queue at most.</summary>
    public const int Most = 256;

    /// <summary>The partition of a key: the first four bytes of the SHA-256 of its UTF-8, as a big-endian number, modulo the number of partitions.</summary>
    /// <param name="key">The key.</param>
    /// <param name="partitions">How many there are, 1 to <see cref="Most"/>.</param>
    /// <returns>From 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number of partitions is out of its range.</exception>
    public static int Of(string key, int partitions)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(partitions, Most);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % (uint)partitions);
    }
}
