package io.bowline.benchmark.runner;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Figures as people read them. */
final class Text {
    private Text() {}

    /** With three digits or more: {@code 0.321}, {@code 4.31}, {@code 61.2}, {@code 1,548}. */
    static String figure(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        String format = size < 0.9995 ? "%.3f" : size < 9.995 ? "%.2f" : size < 99.95 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, value);
    }

    /** As it was written down: {@code 4}, {@code 2.5}, {@code 1,100}. */
    static String bound(double value) {
        return new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    static String ratio(double value) {
        return (value < 9.995 ? String.format(Locale.ROOT, "%.2f", value) : figure(value)) + " ×";
    }

    /** Median and, of more rounds than one, the range: {@code 61.2 (59.9–62.4)}; a dagger where all were noisy. */
    static String spread(Spread spread, double unit) {
        String text = figure(spread.median() / unit) + (spread.noisy() ? "†" : "");
        return spread.count() == 1
                ? text
                : text + " (" + figure(spread.least() / unit) + "–" + figure(spread.most() / unit) + ")";
    }

    static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    static String percent(double share) {
        return share < 0 ? "?" : String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
