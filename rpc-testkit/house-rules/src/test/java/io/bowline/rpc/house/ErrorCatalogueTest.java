package io.bowline.rpc.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.bowline.rpc.Code;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The catalogue of errors follows the code: every one is there, in order, with its meaning word for word. */
class ErrorCatalogueTest {
    private static final String CATALOGUE = House.read(House.ROOT.resolve("docs/errors.md"));
    private static final String SOURCE =
            House.read(House.ROOT.resolve("rpc-core/src/main/java/io/bowline/rpc/Code.java"));

    @Test
    void hasOneEntryForEachCode() {
        assertThat(all("(?m)^## (RPC-[A-Z-]+) \\((\\d+)\\)$", CATALOGUE))
                .map(heading -> heading.group(1) + " " + heading.group(2))
                .containsExactlyElementsOf(Arrays.stream(Code.values())
                        .map(code -> code.label() + " " + code.number())
                        .toList());
    }

    @Test
    void givesTheMeaningInTheWordsOfTheCode() {
        List<MatchResult> meanings = all("/\\*\\* ([^*]+) \\*/\\s+([A-Z_]+)\\(\\d+\\)", SOURCE);
        assertThat(meanings).hasSize(Code.values().length);
        assertThat(meanings).allSatisfy(meaning -> {
            String label = Code.valueOf(meaning.group(2)).label();
            assertThat(entry(label)).as(label).contains(meaning.group(1));
        });
    }

    @Test
    void saysWhyAndWhatToDo() {
        assertThat(Code.values())
                .allSatisfy(code -> assertThat(entry(code.label()))
                        .as(code.label())
                        .contains("Likely causes:")
                        .contains("What to do:"));
    }

    private static String entry(String label) {
        int start = CATALOGUE.indexOf("## " + label + " ");
        assertThat(start).as("the entry of " + label).isNotNegative();
        int end = CATALOGUE.indexOf("\n## ", start + 1);
        return CATALOGUE.substring(start, end < 0 ? CATALOGUE.length() : end);
    }

    private static List<MatchResult> all(String expression, String text) {
        return Pattern.compile(expression).matcher(text).results().toList();
    }
}
