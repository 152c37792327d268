package io.bowline.rpc.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must not stand anywhere in the tree. */
class TreeTest {
    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|xml|md|yml|yaml|json|properties|sh|py|kts?|svg|html|txt)|(.*/)?(run|\\.ci/.*)");

    @Test
    void namesNoPathOfOneMachine() {
        assertNowhere("/(work|home|Users|root)/[\\w.-]+|/tmp/[\\w.-]+|[A-Z]:\\\\\\w+");
    }

    @Test
    void namesNoRegistryHost() {
        assertNowhere(
                "<(repositor(y|ies)|pluginRepositor(y|ies)|mirrors?)>|repo1?\\.maven\\.|registry\\.npm|pypi\\.org");
    }

    @Test
    void leavesNothingForLater() {
        assertNowhere("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    }

    @Test
    void namesNoAuthor() {
        assertNowhere("@auth" + "or\\b");
    }

    private static void assertNowhere(String expression) {
        Pattern pattern = Pattern.compile(expression);
        List<String> hits = new ArrayList<>();
        for (Path file : House.files(path -> TEXT.matcher(path).matches())) {
            if (!file.getFileName().toString().equals("TreeTest.java")) {
                hits(file, pattern).forEach(hits::add);
            }
        }
        assertThat(hits).isEmpty();
    }

    private static Stream<String> hits(Path file, Pattern pattern) {
        List<String> hits = new ArrayList<>();
        int number = 0;
        for (String line : House.lines(file)) {
            number++;
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                hits.add(House.name(file) + ":" + number + ": " + matcher.group());
            }
        }
        return hits.stream();
    }
}
