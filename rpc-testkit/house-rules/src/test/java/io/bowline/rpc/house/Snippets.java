package io.bowline.rpc.house;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The Java of one document as source files of one package. */
record Snippets(String document, String packageName, List<Source> sources) {
    /** What every block may use without saying so, since imports would be half of each listing. */
    private static final String IMPORTS = importsOf(
                    "java.io",
                    "java.nio.file",
                    "java.math",
                    "java.net",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.function")
            + importsOf(ourPackages());

    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("(?m)^public [a-z ]*(?:class|record|interface|enum) (\\w+)");

    /** One block as a source file, and whether its {@code main} is to be run. */
    record Source(String name, String text, boolean run) {}

    static Snippets of(Markdown document) {
        String name = House.name(document.file());
        String packageName =
                "doc." + name.toLowerCase(Locale.ROOT).replaceAll("\\.md$", "").replaceAll("\\W", "_");
        List<Source> sources = new ArrayList<>();
        for (Markdown.Block block : document.blocks("java")) {
            if (!block.marker().equals("from")) {
                sources.add(source(packageName, block));
            }
        }
        return new Snippets(name, packageName, sources);
    }

    private static Source source(String packageName, Markdown.Block block) {
        Matcher exposed = PUBLIC_TYPE.matcher(block.text());
        String name = exposed.find() ? exposed.group(1) : "Line" + block.line();
        String imports = lines(block, true);
        String rest = lines(block, false);
        boolean run = block.marker().equals("run");
        boolean statements = block.marker().equals("body") || (run && !rest.contains("static void main("));
        String body = statements
                ? "final class " + name + " {\nstatic void main(String[] args) throws Exception {\n" + rest + "}\n}\n"
                : rest;
        return new Source(name, "package " + packageName + ";\n" + IMPORTS + imports + "\n" + body, run);
    }

    private static String lines(Markdown.Block block, boolean imports) {
        return block.text()
                .lines()
                .filter(line -> line.startsWith("import ") == imports)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }

    /** Compiles all blocks into a folder; returns the complaints. */
    List<String> compile(Path folder) throws IOException {
        Files.createDirectories(folder);
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of(
                "-d",
                folder.toString(),
                "-proc:none",
                "--release",
                "17",
                "-parameters",
                "-cp",
                System.getProperty("java.class.path"));
        StringWriter out = new StringWriter();
        compiler.getTask(
                        out,
                        null,
                        diagnostics,
                        options,
                        null,
                        sources.stream().map(Snippets::file).toList())
                .call();
        return diagnostics.getDiagnostics().stream()
                .filter(found -> found.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }

    /** The classes of the compiled blocks that are to be run. */
    List<String> mains(Path folder) throws IOException {
        List<String> mains = new ArrayList<>();
        for (Source source : sources) {
            if (source.run) {
                try (Stream<Path> classes = Files.list(folder.resolve(packageName.replace('.', '/')))) {
                    classes.map(file -> file.getFileName().toString().replace(".class", ""))
                            .filter(name -> source.text.contains("class " + name + " ") && hasMain(source.text, name))
                            .forEach(name -> mains.add(packageName + "." + name));
                }
            }
        }
        return mains;
    }

    private static boolean hasMain(String text, String type) {
        int declared = text.indexOf("class " + type + " ");
        return text.indexOf("static void main(", declared) > 0;
    }

    private static JavaFileObject file(Source source) {
        return new SimpleJavaFileObject(URI.create("string:///" + source.name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source.text;
            }
        };
    }

    private static String[] ourPackages() {
        return House.mainSources().stream()
                .map(House::name)
                .filter(name -> name.contains("src/main/java/io/bowline/") && !name.endsWith("package-info.java"))
                .filter(name -> name.startsWith("rpc-") && !name.contains("nacos-server"))
                .map(name -> name.replaceAll(".*src/main/java/(.*)/[^/]+", "$1").replace('/', '.'))
                .distinct()
                .toArray(String[]::new);
    }

    private static String importsOf(String... packages) {
        return Stream.of(packages).map(name -> "import " + name + ".*;\n").collect(Collectors.joining());
    }
}
