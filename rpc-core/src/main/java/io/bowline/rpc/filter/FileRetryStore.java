package io.bowline.rpc.filter;

import io.bowline.rpc.Code;
import io.bowline.rpc.Metadata;
import io.bowline.rpc.RpcException;
import io.bowline.rpc.wire.WireInput;
import io.bowline.rpc.wire.WireOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deliveries in a folder, one file each, which is written beside, forced to the disk and moved into place: after a crash
 * there is the old file, or the new one, or none. A file that cannot be read is left where it is, and the log says so.
 */
final class FileRetryStore implements RetryStore {
    private static final Logger log = LoggerFactory.getLogger(FileRetryStore.class);
    private static final String SUFFIX = ".call";
    private static final int FORMAT = 1;
    private static final int MOST_LABELS = 1_000;

    private final Path folder;
    private final int capacity;
    private final FileChannel lock;

    // Guarded by this.
    private final Set<String> kept = new HashSet<>();
    private final List<Delivery> unclaimed = new ArrayList<>();

    FileRetryStore(Path folder, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: >= 1)");
        }
        this.folder = folder;
        this.capacity = capacity;
        try {
            Files.createDirectories(folder);
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            lock = lock(folder.resolve("lock"));
            load();
        } catch (IOException unusable) {
            throw RpcException.of(
                    Code.INVALID_CONFIGURATION,
                    "cannot keep calls in " + folder + ": " + unusable + " (expected: a folder of this process alone)",
                    unusable);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // As if it were another one's.
        }
        channel.close();
        throw new IOException("it is in use");
    }

    private void load() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                kept.add(name.substring(0, name.length() - SUFFIX.length()));
                Delivery delivery = read(file);
                if (delivery != null) {
                    unclaimed.add(delivery);
                }
            }
        }
    }

    @Override
    public synchronized boolean keep(Delivery delivery) {
        if (kept.size() >= capacity && !kept.contains(delivery.id())) {
            return false;
        }
        Path file = file(delivery.id());
        Path beside = folder.resolve(delivery.id() + ".new");
        try {
            try (FileChannel channel = FileChannel.open(
                    beside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(written(delivery));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot keep a call in " + file, failed);
        }
        kept.add(delivery.id());
        return true;
    }

    @Override
    public synchronized void forget(String id) {
        try {
            Files.deleteIfExists(file(id));
            kept.remove(id);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove " + file(id), failed);
        }
    }

    @Override
    public synchronized List<Delivery> claim(String method) {
        List<Delivery> claimed = unclaimed.stream()
                .filter(delivery -> delivery.call().method().equals(method))
                .toList();
        unclaimed.removeAll(claimed);
        return claimed;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException leftOver) {
            log.warn("Closing {} left something behind", folder, leftOver);
        }
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    private static byte[] written(Delivery delivery) {
        StoredCall call = delivery.call();
        WireOutput out = new WireOutput();
        out.writeVarInt(FORMAT);
        out.writeString(delivery.id());
        out.writeVarInt(delivery.attempts());
        out.writeString(call.method());
        out.writeString(call.serializer());
        out.writeVarLong(call.timeoutMillis());
        out.writeVarInt(call.labels().size());
        call.labels().forEach((key, value) -> {
            out.writeString(key);
            out.writeString(value);
        });
        out.write(call.arguments());
        return out.toByteArray();
    }

    private static @Nullable Delivery read(Path file) {
        try {
            WireInput in = new WireInput(Files.readAllBytes(file));
            int format = in.readVarInt();
            if (format != FORMAT) {
                throw new IOException("format " + format + " (expected: " + FORMAT + ")");
            }
            String id = in.readString();
            int attempts = in.readVarInt();
            String method = in.readString();
            String serializer = in.readString();
            long timeoutMillis = in.readVarLong();
            Metadata labels = Metadata.EMPTY;
            int count = in.readVarInt();
            for (int i = 0; i < Math.min(count, MOST_LABELS); i++) {
                labels = labels.with(in.readString(), in.readString());
            }
            byte[] arguments = in.readBytes(in.remaining());
            return new Delivery(id, new StoredCall(method, serializer, arguments, labels, timeoutMillis), attempts);
        } catch (IOException | RuntimeException unreadable) {
            log.warn("{} is no call that can be delivered, and is left there: {}", file, unreadable.toString());
            return null;
        }
    }
}
