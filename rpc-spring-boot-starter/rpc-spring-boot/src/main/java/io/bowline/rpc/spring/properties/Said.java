package io.bowline.rpc.spring.properties;

import org.jspecify.annotations.Nullable;

/** What somebody has said, or what stands where nobody has. */
final class Said {
    private Said() {}

    static <T> T or(@Nullable T said, T otherwise) {
        return said == null ? otherwise : said;
    }
}
