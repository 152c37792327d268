package io.bowline.examples.filetransfer;

import io.bowline.rpc.client.RpcClient;
import io.bowline.rpc.stream.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Gets one file: {@code Download <host:port> <name> <folder>}. Ends with 0 if it has arrived as it was. */
public final class Download {
    private Download() {}

    public static void main(String[] args) throws IOException {
        String name = args[1];
        try (RpcClient client = RpcClient.connect(args[0])) {
            // The server reads the whole file for its hash. A stream's time is that until its first block.
            Archive archive = client.proxy(Archive.class, o -> o.timeout(Duration.ofMinutes(1)));
            Archive.Entry entry = archive.entry(name);
            long begin = System.nanoTime();
            String hash;
            try (InputStream from = Streams.inputStream(archive.content(name));
                    OutputStream to = Files.newOutputStream(Path.of(args[2]).resolve(name))) {
                hash = Sha256.copy(from, to);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%d MiB in %.1f s, %.0f MiB/s, heap at most %d MiB%n",
                    entry.bytes() >> 20,
                    seconds,
                    entry.bytes() / seconds / (1 << 20),
                    Runtime.getRuntime().maxMemory() >> 20);
            boolean same = hash.equals(entry.sha256());
            System.out.println(same ? "as it was: " + hash : "DIFFERS: " + hash + ", not " + entry.sha256());
            System.exit(same ? 0 : 1);
        }
    }
}
