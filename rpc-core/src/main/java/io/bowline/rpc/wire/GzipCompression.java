package io.bowline.rpc.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Gzip, RFC 1952, by the JDK, at its fastest level: every process has it. */
public final class GzipCompression implements Compression {
    private static final int BUFFER = 4 << 10;

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public void compress(byte[] source, int length, WireOutput target) {
        try (FastGzip gzip = new FastGzip(target)) {
            gzip.write(source, 0, length);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public int decompress(byte[] source, int offset, int length, byte[] target) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(source, offset, length), BUFFER)) {
            int count = gzip.readNBytes(target, 0, target.length);
            return gzip.read() < 0 ? count : count + 1;
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
