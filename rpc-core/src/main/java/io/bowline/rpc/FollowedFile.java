package io.bowline.rpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text file that somebody else writes: an operator, a deployment tool, a mounted config map. Looked at every second, on
 * one daemon thread. That it cannot be read is logged once.
 */
public final class FollowedFile implements AutoCloseable {
    /** A larger file is not read. */
    public static final int MAX_BYTES = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(FollowedFile.class);
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private final Path path;
    private final Follower follower;
    private final CountDownLatch closed = new CountDownLatch(1);

    // Only the thread that looks: the starter's before the start, then the file's own.
    private @Nullable Stamp stamp;
    private String lastFailure = "";

    /** Who follows it. Called by one thread at a time. */
    public interface Follower {
        /** It was read, as it is now or may have changed. What this throws counts as a failure to read. */
        void read(String text);

        /** It was looked at, whether or not it had changed; null if it is readable. */
        default void looked(@Nullable Exception failed) {}
    }

    public FollowedFile(Path path, Follower follower) {
        this.path = path.toAbsolutePath();
        this.follower = follower;
    }

    public Path path() {
        return path;
    }

    /** Looks every second from now on, until it is closed; called once. */
    public void start(String threadName) {
        Thread poller = new Thread(this::lookUntilClosed, threadName);
        poller.setDaemon(true);
        poller.start();
    }

    private void lookUntilClosed() {
        try {
            do {
                look();
            } while (!closed.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at once, on this thread; only before the start. */
    public void look() {
        Exception failure = null;
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Stamp now = new Stamp(attributes.lastModifiedTime().toInstant(), attributes.size(), attributes.fileKey());
            if (!now.equals(stamp) || now.fresh()) {
                follower.read(text());
                stamp = now;
            }
        } catch (IOException | RuntimeException failed) {
            stamp = null;
            failure = failed;
        }
        report(failure == null ? "" : failure.toString());
        follower.looked(failure);
    }

    private String text() throws IOException {
        try (var in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("more than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private void report(String failure) {
        if (!failure.isEmpty() && !failure.equals(lastFailure)) {
            log.warn("{} cannot be read: {}; what it last said stands; tried again every second", path, failure);
        }
        lastFailure = failure;
    }

    /** Ends the thread. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** What tells one state of the file from another. */
    private record Stamp(
            Instant modified, long size, @Nullable Object key) {
        /** Whether a further change could bear the same time, on a file system that counts in seconds. */
        boolean fresh() {
            return modified.plus(SETTLED).isAfter(Instant.now());
        }
    }
}
