package io.bowline.examples.filetransfer;

import io.bowline.examples.kit.Parent;
import io.bowline.rpc.Address;
import io.bowline.rpc.server.RpcServer;
import io.bowline.rpc.stream.Streams;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Flow;

/** A server of files: {@code ArchiveServer <folder>}. It serves until its standard input ends. */
public final class ArchiveServer implements Archive {
    private static final int BLOCK = 256 << 10;

    private final Path folder;

    private ArchiveServer(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws InterruptedException {
        RpcServer server = RpcServer.builder()
                .listen(new Address("127.0.0.1", 0))
                .service(Archive.class, new ArchiveServer(Path.of(args[0])))
                .start();
        Parent.endWithIt();
        System.out.println("listens on " + server.address());
        server.awaitTermination();
    }

    @Override
    public Entry entry(String name) throws FileNotFoundException {
        Path file = file(name);
        try (InputStream content = Files.newInputStream(file)) {
            return new Entry(name, Files.size(file), Sha256.copy(content, OutputStream.nullOutputStream()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Opens the file when somebody reads it, and closes it when that has ended, however it does. */
    @Override
    public Flow.Publisher<byte[]> content(String name) throws FileNotFoundException {
        Path file = file(name);
        return Streams.blocks(() -> Files.newInputStream(file), BLOCK);
    }

    /** A name comes from outside: it must not lead out of the folder. */
    private Path file(String name) throws FileNotFoundException {
        Path file = folder.resolve(name).normalize();
        if (!folder.equals(file.getParent()) || !Files.isRegularFile(file)) {
            throw new FileNotFoundException(name);
        }
        return file;
    }
}
