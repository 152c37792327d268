package io.bowline.examples.filetransfer;

import io.bowline.examples.kit.Child;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The order of events: {@code FileTransfer [MiB]}. Ends with 0 if the file has arrived as it was. */
public final class FileTransfer {
    private static final String NAME = "large";

    private FileTransfer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int mebibytes = args.length == 0 ? 2_048 : Integer.parseInt(args[0]);
        Path offered = Files.createTempDirectory("offered").toRealPath();
        Path downloaded = Files.createTempDirectory("downloaded").toRealPath();
        int exitCode;
        try {
            write(offered.resolve(NAME), mebibytes);
            Child.say("transfer", mebibytes + " MiB are written");
            exitCode = transfer(offered, downloaded);
        } catch (IllegalStateException surprise) {
            Child.say("transfer", "not as expected: " + surprise.getMessage());
            exitCode = 1;
        } finally {
            for (Path folder : new Path[] {offered, downloaded}) {
                Files.deleteIfExists(folder.resolve(NAME));
                Files.delete(folder);
            }
        }
        System.exit(exitCode);
    }

    private static void write(Path file, int mebibytes) throws IOException {
        Random random = new Random();
        byte[] mebibyte = new byte[1 << 20];
        try (OutputStream to = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(mebibyte);
                to.write(mebibyte);
            }
        }
    }

    private static int transfer(Path offered, Path downloaded) throws IOException, InterruptedException {
        try (Child server = Child.start("server", ArchiveServer.class, offered.toString())) {
            String address = server.await("listens on (.*)").group(1);
            try (Child download = Child.start("download", Download.class, address, NAME, downloaded.toString())) {
                download.await("as it was");
                int exitCode = download.finish();
                boolean same = Files.mismatch(offered.resolve(NAME), downloaded.resolve(NAME)) == -1;
                Child.say("transfer", same ? "both files are the same, byte by byte" : "the files DIFFER");
                return same ? exitCode : 1;
            }
        }
    }
}
