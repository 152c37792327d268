package io.bowline.examples.parts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose keys open the door. Holds digests of the keys, so that who reads the configuration can open nothing.
 *
 * @param tenants the tenant of each key, by the key's SHA-256 in lower-case hexadecimal
 */
public record ApiKeyPolicy(Map<String, String> tenants) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public ApiKeyPolicy {
        tenants = Map.copyOf(tenants);
        if (tenants.isEmpty()) {
            throw new IllegalArgumentException("tenants: none (expected: at least one)");
        }
        for (String digest : tenants.keySet()) {
            if (!DIGEST.matcher(digest).matches()) {
                throw new IllegalArgumentException("tenants: a digest of " + digest.length()
                        + " characters (expected: 64 of 0-9a-f, as ApiKeyPolicy.digest writes it)");
            }
        }
    }

    /** The digest of a key. */
    public static String digest(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** Who has this key; null if nobody has. */
    public @Nullable String tenant(String key) {
        return tenants.get(digest(key));
    }
}
