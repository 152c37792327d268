package io.bowline.rpc.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The manner of the sources, as far as a machine can see it. */
class SourceTest {
    private static final int LONGEST_FILE = 500;
    private static final int LONGEST_METHOD = 60;

    private static final Pattern EVASIVE_NAME =
            Pattern.compile("I[A-Z][a-z].*|Abstract.*|Base[A-Z].*|.*(Impl|Manager|Helper|Helpers|Util|Utils)");
    private static final Pattern SUPPRESSION = Pattern.compile("@SuppressWarnings\\(.*?\\)(.*)", Pattern.DOTALL);

    @Test
    void noFileIsLong() {
        List<Path> all = new ArrayList<>(House.mainSources());
        all.addAll(House.testSources());
        assertThat(all)
                .filteredOn(file -> House.lines(file).size() > LONGEST_FILE)
                .map(House::name)
                .as("files of more than %d lines", LONGEST_FILE)
                .isEmpty();
    }

    @Test
    void noMethodIsLong() {
        assertThat(Methods.of(House.mainSources()))
                .filteredOn(method -> method.lines() > LONGEST_METHOD)
                .as("methods of more than %d lines", LONGEST_METHOD)
                .isEmpty();
    }

    /** The figures to notice drift by; they stand in {@code target/sizes.txt} and fail nothing. */
    @Test
    void tellsTheSizes() throws IOException {
        List<Integer> files = House.mainSources().stream()
                .map(file -> House.lines(file).size())
                .sorted()
                .toList();
        List<Integer> methods = Methods.of(House.mainSources()).stream()
                .map(Methods.Method::lines)
                .sorted()
                .toList();
        String report = "files:   " + figures(files) + "\nmethods: " + figures(methods) + "\n";
        Path target = House.ROOT.resolve("rpc-testkit/house-rules/target/sizes.txt");
        Files.createDirectories(target.getParent());
        Files.writeString(target, report);
        assertThat(target).isNotEmptyFile();
    }

    @Test
    void noTypeHidesBehindAnEvasiveName() {
        assertThat(House.mainSources())
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .filteredOn(name -> EVASIVE_NAME.matcher(name).matches())
                .isEmpty();
    }

    @Test
    void everySuppressionCarriesItsReason() {
        List<Path> all = new ArrayList<>(House.mainSources());
        all.addAll(House.testSources());
        List<String> bare = new ArrayList<>();
        for (Path file : all) {
            List<String> lines = House.lines(file);
            IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).strip().startsWith("@SuppressWarnings("))
                    .filter(i -> i == 0 || !lines.get(i - 1).strip().startsWith("//"))
                    .filter(i -> !reasoned(lines.subList(i, Math.min(i + 8, lines.size()))))
                    .forEach(i -> bare.add(House.name(file) + ":" + (i + 1)));
        }
        assertThat(bare)
                .as("@SuppressWarnings without // reason on its line or above")
                .isEmpty();
    }

    @Test
    void testsNeitherSleepNorSkip() {
        Pattern forbidden = Pattern.compile("\\bThread\\s*\\.\\s*sleep\\b|@Disabled\\b");
        assertThat(House.testSources())
                .filteredOn(file -> !House.name(file).contains("/house-rules/"))
                .filteredOn(file -> forbidden.matcher(House.read(file)).find())
                .map(House::name)
                .as("tests that sleep or are switched off")
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        List<Path> folders = House.mainSources().stream()
                .filter(file -> !House.name(file).startsWith("examples/"))
                .map(Path::getParent)
                .distinct()
                .toList();
        assertThat(folders)
                .filteredOn(folder -> !Files.exists(folder.resolve("package-info.java"))
                        || !House.read(folder.resolve("package-info.java")).contains("@NullMarked"))
                .map(House::name)
                .as("packages without @NullMarked")
                .isEmpty();
    }

    private static boolean reasoned(List<String> lines) {
        Matcher suppression = SUPPRESSION.matcher(String.join("\n", lines));
        return suppression.find()
                && suppression.group(1).lines().findFirst().orElse("").contains("//");
    }

    private static String figures(List<Integer> sorted) {
        int last = sorted.size() - 1;
        return "count %d, median %d, p90 %d, max %d, sum %d"
                .formatted(
                        sorted.size(),
                        sorted.get(last / 2),
                        sorted.get(last * 9 / 10),
                        sorted.get(last),
                        sorted.stream().mapToInt(Integer::intValue).sum());
    }
}
