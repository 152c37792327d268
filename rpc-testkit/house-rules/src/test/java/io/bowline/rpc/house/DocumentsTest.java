package io.bowline.rpc.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** The documents: links lead somewhere, listings are the shipped code, the index is complete. */
class DocumentsTest {
    private static final Pattern OUTSIDE = Pattern.compile("(https?|mailto):.*");

    private static final Pattern LOCK =
            Pattern.compile("(?m)^(?!\\s*(\\*|//)).*(\\bsynchronized\\b|new (Reentrant|Stamped)\\w*Lock)");
    private static final Pattern THREAD_NAME = Pattern.compile("(?:Thread|task)[^\"\n]*\"(bowline-[a-z-]*[a-z])[-\"]");

    @Test
    void everyLinkLeadsToAFileOrAHeading() {
        List<String> broken = new ArrayList<>();
        for (Path file : House.documents()) {
            Markdown document = Markdown.read(file);
            for (Markdown.Link link : document.links()) {
                if (!OUTSIDE.matcher(link.target()).matches() && !leadsSomewhere(document, link.target())) {
                    broken.add(House.name(file) + ":" + link.line() + ": " + link.target());
                }
            }
        }
        assertThat(broken).as("links that lead nowhere").isEmpty();
    }

    @Test
    void everyListingStandsInTheShippedCode() {
        List<String> strays = new ArrayList<>();
        for (Path file : House.documents()) {
            for (Markdown.Block block : Markdown.read(file).blocks()) {
                if (block.marker().equals("from")) {
                    Path source = House.ROOT.resolve(block.argument());
                    if (!Files.isRegularFile(source) || !holds(House.lines(source), block)) {
                        strays.add(House.name(file) + ":" + block.line() + " differs from " + block.argument());
                    }
                }
            }
        }
        assertThat(strays).isEmpty();
    }

    @Test
    void everyXmlBlockIsWellFormed() {
        List<String> broken = new ArrayList<>();
        for (Path file : House.documents()) {
            for (Markdown.Block block : Markdown.read(file).blocks("xml")) {
                try {
                    Xml.parse("<block>" + block.text() + "</block>");
                } catch (SAXException e) {
                    broken.add(House.name(file) + ":" + block.line() + ": " + e.getMessage());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theIndexNamesEveryDocument() {
        String index = House.read(House.ROOT.resolve("docs/README.md"));
        assertThat(House.files(path -> path.matches("docs/[\\w-]+\\.md")))
                .map(file -> House.ROOT.resolve("docs").relativize(file).toString())
                .filteredOn(name -> !name.equals("README.md"))
                .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
    }

    @Test
    void everyDecisionSaysContextDecisionAndWhatWasRejected() {
        assertThat(House.files(path -> path.matches("docs/decisions/.*\\.md"))).allSatisfy(file -> {
            assertThat(file.getFileName().toString()).matches("\\d{4}-[a-z0-9-]+\\.md");
            assertThat(House.read(file))
                    .contains("## Context")
                    .contains("## Decision")
                    .contains("## Rejected");
        });
    }

    @Test
    void everyCommandOfTheReadmeExists() {
        String readme = House.read(House.ROOT.resolve("README.md"));
        Matcher script = Pattern.compile("(?m)^((?:[\\w.-]+/)+run)\\b").matcher(readme);
        while (script.find()) {
            assertThat(House.ROOT.resolve(script.group(1))).isExecutable();
        }
    }

    @Test
    void theConcurrencyPageNamesEveryLockAndEveryThread() {
        String page = House.read(House.ROOT.resolve("docs/concurrency.md"));
        assertThat(published())
                .filteredOn(file -> LOCK.matcher(House.read(file)).find())
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .as("classes with a lock")
                .allSatisfy(name -> assertThat(page).contains(name));
        assertThat(published())
                .flatMap(file -> THREAD_NAME
                        .matcher(House.read(file))
                        .results()
                        .map(name -> name.group(1))
                        .toList())
                .as("names of threads")
                .allSatisfy(name -> assertThat(page).contains(name));
    }

    private static List<Path> published() {
        return House.mainSources().stream()
                .filter(file -> House.name(file).startsWith("rpc-"))
                .filter(file -> !House.name(file).matches("rpc-testkit/.*|.*/nacos-server/.*"))
                .toList();
    }

    private static boolean leadsSomewhere(Markdown from, String target) {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path file = path.isEmpty() ? from.file() : from.file().resolveSibling(path);
        if (!Files.exists(file)) {
            return false;
        }
        return hash < 0
                || !path.isEmpty() && !path.endsWith(".md")
                || Markdown.read(file).anchors().contains(target.substring(hash + 1));
    }

    /** Whether the lines of a block follow one another in the source; indentation does not count. */
    private static boolean holds(List<String> source, Markdown.Block block) {
        String wanted = squeezed(block.text().lines().toList());
        return squeezed(source).contains(wanted);
    }

    private static String squeezed(List<String> lines) {
        StringBuilder all = new StringBuilder("\n");
        lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> all.append(line).append('\n'));
        return all.toString();
    }
}
