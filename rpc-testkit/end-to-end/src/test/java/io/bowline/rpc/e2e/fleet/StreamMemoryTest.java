package io.bowline.rpc.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two processes with a heap of 64 MiB each, and one connection: one very long stream at full speed, while another is read at
 * ten elements a second, and then ten thousand at a time. What does not fit into that heap ends the process.
 */
@Timeout(300)
class StreamMemoryTest {
    private static final long ELEMENTS = 10_000_000;

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                StreamMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void longStreamsAndManyNeedLittleMemory() throws Exception {
        Process server = start("serve");
        try (BufferedReader ready = server.inputReader(StandardCharsets.UTF_8)) {
            String line = ready.readLine();
            assertThat(line).startsWith("READY ");
            Process reader = start("read", line.substring("READY ".length()), Long.toString(ELEMENTS));
            try (BufferedReader output = reader.inputReader(StandardCharsets.UTF_8)) {
                List<String> lines = output.lines().toList();
                assertThat(lines).contains("FAST " + ELEMENTS, "MANY 30000", "DONE");
                assertThat(lines).anyMatch(told -> told.matches("SLOW [1-9]\\d*"));
                assertThat(reader.waitFor()).isZero();
            } finally {
                reader.destroyForcibly().onExit().join();
            }
            assertThat(server.isAlive()).isTrue();
        } finally {
            server.destroyForcibly().onExit().join();
        }
    }
}
