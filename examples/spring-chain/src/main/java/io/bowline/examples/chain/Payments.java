package io.bowline.examples.chain;

/** What the inventory asks of the payment service. */
public interface Payments {
    Receipt charge(String article);

    /** How it was paid. */
    record Receipt(String how) {}
}
