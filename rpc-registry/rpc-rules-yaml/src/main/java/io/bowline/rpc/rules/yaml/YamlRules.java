package io.bowline.rpc.rules.yaml;

import io.bowline.rpc.route.RuleFormat;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML 1.2, and JSON with it, of which nothing is needed for rules but maps, lists and texts. Tags, anchors, aliases, a
 * second document and a key twice are refused: a text cannot name a class, refer to itself or grow as it is read.
 */
public final class YamlRules implements RuleFormat {
    /** A text's length in characters. */
    private static final int LONGEST = 1 << 20;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setLabel("rules").setCodePointLimit(LONGEST).build();

    @Override
    public String name() {
        return "yaml";
    }

    @Override
    public Object parse(String text) {
        Composing composing = new Composing();
        try {
            Iterator<Event> events = new Parse(SETTINGS).parseString(text).iterator();
            while (events.hasNext()) {
                take(composing, events.next());
            }
            return composing.whole();
        } catch (MarkedYamlEngineException malformed) {
            throw new IllegalArgumentException(
                    line(malformed.getProblemMark()) + malformed.getProblem() + " (expected: YAML or JSON)", malformed);
        } catch (YamlEngineException malformed) {
            throw new IllegalArgumentException(malformed.getMessage() + " (expected: YAML or JSON)", malformed);
        }
    }

    private static void take(Composing composing, Event event) {
        try {
            if (event instanceof AliasEvent) {
                throw new IllegalArgumentException("an alias (expected: the value itself)");
            }
            if (event instanceof ScalarEvent scalar) {
                refuse(scalar.getTag());
            }
            if (event instanceof CollectionStartEvent collection) {
                refuse(collection.getTag());
            }
            if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
                throw new IllegalArgumentException("an anchor (expected: none)");
            }
            switch (event.getEventId()) {
                case DocumentStart -> composing.document();
                case Scalar -> composing.text(((ScalarEvent) event).getValue());
                case MappingStart -> composing.map();
                case SequenceStart -> composing.list();
                case MappingEnd, SequenceEnd -> composing.end();
                default -> {} // What has no content: the stream's and the document's ends, comments.
            }
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(line(event.getStartMark()) + wrong.getMessage(), wrong);
        }
    }

    private static void refuse(Optional<String> tag) {
        if (tag.isPresent()) {
            throw new IllegalArgumentException("the tag " + tag.get() + " (expected: none)");
        }
    }

    private static String line(Optional<Mark> mark) {
        return mark.map(place -> "line " + (place.getLine() + 1) + ": ").orElse("");
    }
}
