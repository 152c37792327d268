package io.bowline.rpc.spring.properties;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of all properties, made of the metadata that ships, and of the Javadoc where there can be no metadata. */
final class PropertiesPage {
    private static final Pattern PARAM = Pattern.compile("@param (\\w+) ([^@/]+)", Pattern.DOTALL);
    private static final Path SOURCES =
            Path.of("..", "rpc-spring-boot", "src", "main", "java", "io", "bowline", "rpc", "spring", "properties");

    /** By the name of the property. */
    private final Map<String, Entry> entries = new TreeMap<>();

    record Entry(String type, String byDefault, String description) {}

    private PropertiesPage() {}

    static PropertiesPage read() throws IOException {
        PropertiesPage page = new PropertiesPage();
        List<URL> all = Collections.list(
                PropertiesPage.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"));
        for (URL url : all) {
            try (InputStream json = url.openStream()) {
                page.add(JsonPath.read(json, "$.properties"));
            }
        }
        page.addJavadoc("rpc.client.*.", TargetProperties.class);
        page.addJavadoc("rpc.client.*.methods.*.", MethodProperties.class);
        page.addJavadoc("rpc.client.*.methods.*.cache.", CacheProperties.class);
        page.addJavadoc("rpc.client.*.methods.*.coalesce.", CoalesceProperties.class);
        return page;
    }

    private void add(List<Map<String, Object>> properties) {
        for (Map<String, Object> property : properties) {
            String name = String.valueOf(property.get("name"));
            if (name.startsWith("rpc.")) {
                Object byDefault = property.get("defaultValue");
                entries.put(
                        name,
                        new Entry(
                                simple(String.valueOf(property.getOrDefault("type", ""))),
                                byDefault == null ? "" : String.valueOf(byDefault),
                                plain(String.valueOf(property.getOrDefault("description", "")))));
            }
        }
    }

    private void addJavadoc(String prefix, Class<? extends Record> type) throws IOException {
        String source = Files.readString(SOURCES.resolve(type.getSimpleName() + ".java"), StandardCharsets.UTF_8);
        Matcher params = PARAM.matcher(source.replaceAll("\\n \\* ?", " "));
        Map<String, String> described = new TreeMap<>();
        while (params.find()) {
            described.put(params.group(1), plain(params.group(2)));
        }
        for (var parameter : type.getDeclaredConstructors()[0].getParameters()) {
            String name = parameter.getName().equals("contract") ? "interface" : Records.kebab(parameter.getName());
            if (!parameter.getType().isRecord()) {
                entries.put(
                        prefix + name,
                        new Entry(
                                simple(parameter.getParameterizedType().getTypeName()),
                                "",
                                described.getOrDefault(parameter.getName(), "")));
            }
        }
    }

    private static String simple(String type) {
        return type.replaceAll("[a-z_]+\\.", "").replace('$', '.').replace("<?>", "");
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .strip();
    }

    Map<String, Entry> entries() {
        return entries;
    }

    /** The rows between the markers of the page. */
    String table() {
        List<String> lines = new ArrayList<>(List.of("| property | type | default | |", "|---|---|---|---|"));
        entries.forEach((name, entry) -> lines.add("| `" + name.replace(".*", ".<name>") + "` | " + entry.type() + " | "
                + (entry.byDefault().isEmpty() ? "" : "`" + entry.byDefault() + "`") + " | "
                + entry.description().replace("|", "\\|") + " |"));
        return String.join("\n", lines) + "\n";
    }
}
