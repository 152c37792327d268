package io.bowline.rpc;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** "Did you mean": the known names that are nearest to one that is not known. */
public final class Suggestions {
    private static final int MOST_LISTED = 10;

    private Suggestions() {}

    /** {@code known: a, b, c. Did you mean b?}, or {@code known: none}. At most ten names are listed. */
    public static String of(String unknown, Collection<String> known) {
        if (known.isEmpty()) {
            return "known: none";
        }
        List<String> sorted = known.stream().sorted().distinct().toList();
        String listed = String.join(", ", sorted.subList(0, Math.min(MOST_LISTED, sorted.size())));
        String more = sorted.size() > MOST_LISTED ? " and " + (sorted.size() - MOST_LISTED) + " more" : "";
        String nearest = nearest(unknown, sorted);
        return "known: " + listed + more + (nearest.isEmpty() ? "" : ". Did you mean " + nearest + "?");
    }

    /** The nearest known name within a third of its length in edits; empty when none is near. */
    public static String nearest(String unknown, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(unknown, name) <= Math.max(2, name.length() / 3))
                .min(Comparator.comparingInt(name -> distance(unknown, name)))
                .orElse("");
    }

    /** Levenshtein's distance (V. I. Levenshtein, 1966), by the two-row form of Wagner and Fischer, ignoring case. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substitute = diagonal + (sameLetter(left.charAt(i - 1), right.charAt(j - 1)) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }

    private static boolean sameLetter(char left, char right) {
        return Character.toLowerCase(left) == Character.toLowerCase(right);
    }
}
