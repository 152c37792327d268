package io.bowline.rpc.spring.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;

/** An application is processed ahead of time, and what was generated runs. */
class AheadOfTimeTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void runsWhatWasGenerated(@TempDir Path folder) throws Exception {
        Path sources = folder.resolve("sources");
        Path resources = folder.resolve("resources");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String application = AheadOfTimeApplication.class.getName();
        run(
                folder,
                List.of("-cp", CLASS_PATH, SpringApplicationAotProcessor.class.getName(), application),
                List.of(sources.toString(), resources.toString(), classes.toString(), "io.bowline", "ahead"));
        compile(sources, classes);
        try (Stream<Path> hints = Files.walk(resources)) {
            assertThat(hints.filter(Files::isRegularFile).map(AheadOfTimeTest::read))
                    .anySatisfy(text -> assertThat(text).contains(Greeter.class.getName()));
        }

        String path = String.join(File.pathSeparator, classes.toString(), resources.toString(), CLASS_PATH);
        assertThat(run(folder, List.of("-Dspring.aot.enabled=true", "-cp", path, application), List.of()))
                .contains("generated: true, hello one, hello two, hello three");
    }

    private static void compile(Path sources, Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> arguments = new ArrayList<>(List.of("-cp", CLASS_PATH, "-d", classes.toString(), "-proc:none"));
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
            assertThat(ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, arguments.toArray(String[]::new)))
                    .isZero();
        }
    }

    private static String run(Path folder, List<String> command, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(command);
        line.addAll(arguments);
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(read(said)).isZero();
            return read(said);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
