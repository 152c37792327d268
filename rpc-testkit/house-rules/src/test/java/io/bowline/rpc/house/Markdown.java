package io.bowline.rpc.house;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document in Markdown, as far as it is checked: links, headings, and code blocks with the marker in front of them. A
 * marker is an HTML comment on the line above the block, which readers do not see:
 *
 * <ul>
 *   <li>none: a {@code java} block holds declarations; all of one document are compiled together, in one package;
 *   <li>{@code <!-- java: body -->}: the block holds statements, and is wrapped in a method;
 *   <li>{@code <!-- java: run -->}: the block is run too: its {@code main} method or, where it has none, its statements;
 *   <li>{@code <!-- java: from path/to/File.java -->}: the block stands in that shipped file, line for line.
 * </ul>
 */
record Markdown(Path file, List<Block> blocks, List<Link> links, Set<String> anchors) {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern MARKER = Pattern.compile("<!-- java: (\\w+) ?(\\S*) -->");
    private static final String FENCE = "```";

    /** A fenced block: its language, the first line in the file, what its marker says, and its text. */
    record Block(String language, int line, String marker, String argument, String text) {}

    record Link(int line, String target) {}

    static Markdown read(Path file) {
        List<Block> blocks = new ArrayList<>();
        List<Link> links = new ArrayList<>();
        Set<String> anchors = new LinkedHashSet<>();
        List<String> lines = House.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(FENCE)) {
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).startsWith(FENCE)) {
                    end++;
                }
                Matcher marker = MARKER.matcher(i == 0 ? "" : lines.get(i - 1));
                boolean marked = marker.matches();
                blocks.add(new Block(
                        line.substring(FENCE.length()).strip(),
                        i + 2,
                        marked ? marker.group(1) : "",
                        marked ? marker.group(2) : "",
                        String.join("\n", lines.subList(i + 1, end)) + "\n"));
                i = end;
            } else if (line.startsWith("#")) {
                anchors.add(anchor(line.replaceFirst("^#+ ", "")));
            }
            Matcher link = LINK.matcher(line.startsWith(FENCE) ? "" : line);
            while (link.find()) {
                links.add(new Link(i + 1, link.group(1)));
            }
        }
        return new Markdown(file, blocks, links, anchors);
    }

    /** The blocks of one language. */
    List<Block> blocks(String language) {
        return blocks.stream().filter(block -> block.language.equals(language)).toList();
    }

    /** As GitHub makes it: lower case, spaces to hyphens, other signs dropped. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{Alnum} _-]", "")
                .replace(' ', '-');
    }
}
