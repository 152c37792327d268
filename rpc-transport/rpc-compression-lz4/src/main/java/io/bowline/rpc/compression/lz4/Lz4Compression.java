package io.bowline.rpc.compression.lz4;

import io.bowline.rpc.wire.Compression;
import io.bowline.rpc.wire.WireOutput;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * LZ4 in its block format, in plain Java: neither native code nor {@code Unsafe}, about which newer JDKs warn. It checks every
 * length, and the block format announces none.
 */
public final class Lz4Compression implements Compression {
    private final LZ4Compressor compressor = LZ4Factory.safeInstance().fastCompressor();
    private final LZ4SafeDecompressor decompressor = LZ4Factory.safeInstance().safeDecompressor();

    @Override
    public String name() {
        return "lz4";
    }

    @Override
    public void compress(byte[] source, int length, WireOutput target) {
        int most = compressor.maxCompressedLength(length);
        int at = target.reserve(most);
        int count = compressor.compress(source, 0, length, target.array(), at, most);
        target.truncate(at + count);
    }

    @Override
    public int decompress(byte[] source, int offset, int length, byte[] target) {
        return decompressor.decompress(source, offset, length, target, 0, target.length);
    }
}
