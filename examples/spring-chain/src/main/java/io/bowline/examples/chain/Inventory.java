package io.bowline.examples.chain;

/** What the order service asks of the inventory. */
public interface Inventory {
    Reservation reserve(String article);

    /** A number to fetch the article by, and how it was paid. */
    record Reservation(String number, String paid) {}
}
