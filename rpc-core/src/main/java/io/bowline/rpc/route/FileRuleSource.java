package io.bowline.rpc.route;

import io.bowline.rpc.FollowedFile;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Rules in a file that somebody else writes. Read when it is made, so that the first call obeys, and looked at every second
 * after that. While it is missing, unreadable or no document of rules, what it last said stands. Replace it by a move:
 * half a file is no document, or fewer rules.
 */
public final class FileRuleSource implements RuleSource {
    private final RuleFeed feed;
    private final FollowedFile file;

    private FileRuleSource(Path path, RuleFormat format) {
        feed = new RuleFeed("file " + path.toAbsolutePath(), format);
        file = new FollowedFile(path, feed::told);
    }

    /** Follows a file in the only notation on the class path. */
    public static FileRuleSource watching(Path path) {
        return watching(path, RuleFormat.found());
    }

    /** Follows a file, which may appear later. */
    public static FileRuleSource watching(Path path, RuleFormat format) {
        FileRuleSource source = new FileRuleSource(path, format);
        source.file.look();
        source.file.start("bowline-file-rules");
        return source;
    }

    @Override
    public Watch watch(Consumer<RuleSet> listener) {
        return feed.watch(listener);
    }

    @Override
    public String description() {
        return feed.description();
    }

    @Override
    public void close() {
        file.close();
        feed.close();
    }
}
