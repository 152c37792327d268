package io.bowline.examples.grey;

/** The contract, the same for both builds. */
public interface Prices {
    /** What an article costs, and which build says so. */
    Price price(String article);

    record Price(int cents, String build) {}
}
