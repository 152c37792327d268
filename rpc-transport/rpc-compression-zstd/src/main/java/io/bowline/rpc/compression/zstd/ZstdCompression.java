package io.bowline.rpc.compression.zstd;

import com.github.luben.zstd.Zstd;
import io.bowline.rpc.wire.Compression;
import io.bowline.rpc.wire.WireOutput;

/**
 * Zstandard, RFC 8878, by the reference implementation in native code. A body is one frame, read in one step, so that what the
 * frame says of its window takes no memory.
 */
public final class ZstdCompression implements Compression {
    private final int level;

    /** At level 1, the fastest of the ordinary ones. Native code is loaded with the first body, not here. */
    public ZstdCompression() {
        level = 1;
    }

    /**
     * @param level how hard it tries, from 1, fast, to 22; below 1 it is faster still
     * @throws IllegalArgumentException for a level that there is not
     */
    public ZstdCompression(int level) {
        if (level < Zstd.minCompressionLevel() || level > Zstd.maxCompressionLevel()) {
            throw new IllegalArgumentException("level: " + level + " (expected: " + Zstd.minCompressionLevel() + " to "
                    + Zstd.maxCompressionLevel() + ")");
        }
        this.level = level;
    }

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public void compress(byte[] source, int length, WireOutput target) {
        int most = Math.toIntExact(Zstd.compressBound(length));
        int at = target.reserve(most);
        int count = count(Zstd.compressByteArray(target.array(), at, most, source, 0, length, level));
        target.truncate(at + count);
    }

    @Override
    public int decompress(byte[] source, int offset, int length, byte[] target) {
        return count(Zstd.decompressByteArray(target, 0, target.length, source, offset, length));
    }

    private static int count(long result) {
        if (Zstd.isError(result)) {
            throw new IllegalArgumentException(Zstd.getErrorName(result));
        }
        return Math.toIntExact(result);
    }
}
