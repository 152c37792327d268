package io.bowline.rpc.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the documents show in Java compiles, and runs where it says so; see {@link Markdown} for the markers. */
class SnippetTest {
    @TestFactory
    Stream<DynamicTest> javaInDocumentsWorks(@TempDir Path folder) {
        List<Snippets> all = House.documents().stream()
                .map(Markdown::read)
                .map(Snippets::of)
                .filter(snippets -> !snippets.isEmpty())
                .toList();
        return all.stream().map(snippets -> dynamicTest(snippets.document(), () -> check(snippets, folder)));
    }

    private static void check(Snippets snippets, Path folder) throws Exception {
        Path classes = folder.resolve(snippets.packageName());
        assertThat(snippets.compile(classes)).as("complaints of the compiler").isEmpty();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, SnippetTest.class.getClassLoader())) {
            for (String main : snippets.mains(classes)) {
                Class<?> type = Class.forName(main, true, loader);
                var method = type.getDeclaredMethod("main", String[].class);
                method.setAccessible(true);
                method.invoke(null, (Object) new String[0]);
            }
        }
    }
}
