package io.bowline.rpc.transport.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The frames that {@code docs/protocol.md} shows, by name. */
final class ProtocolPage {
    private static final Pattern BLOCK = Pattern.compile("```hex ([a-z-]+)\n(.*?)```", Pattern.DOTALL);
    private static final Map<String, byte[]> FRAMES = read();

    private ProtocolPage() {}

    static byte[] frame(String name) {
        return FRAMES.get(name).clone();
    }

    static Map<String, byte[]> frames() {
        return FRAMES;
    }

    private static Map<String, byte[]> read() {
        Path page = Path.of("").toAbsolutePath();
        while (!Files.exists(page.resolve("docs/protocol.md"))) {
            page = page.getParent();
        }
        try {
            Map<String, byte[]> frames = new LinkedHashMap<>();
            Matcher block = BLOCK.matcher(Files.readString(page.resolve("docs/protocol.md")));
            while (block.find()) {
                String hex = block.group(2).replaceAll("#.*", "").replaceAll("\\s", "");
                frames.put(block.group(1), HexFormat.of().parseHex(hex));
            }
            return frames;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
