package io.bowline.rpc.spring.server;

import io.bowline.rpc.filter.RateLimitPolicy;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates as text. */
final class Rate {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(?:/\\s*([smh]))?");

    private Rate() {}

    /** {@code 100/s}, {@code 100} for the same, {@code 6000/m}, {@code 20/h}. */
    static RateLimitPolicy parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("rate: '" + text + "' (expected: a number of calls like 100/s, 20/m)");
        }
        double calls = Double.parseDouble(form.group(1));
        String unit = form.group(2);
        return RateLimitPolicy.perSecond("m".equals(unit) ? calls / 60 : "h".equals(unit) ? calls / 3600 : calls);
    }
}
