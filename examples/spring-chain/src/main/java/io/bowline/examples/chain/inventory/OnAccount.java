package io.bowline.examples.chain.inventory;

import io.bowline.examples.chain.Payments;

/** What answers in place of payments that cannot be reached. */
class OnAccount implements Payments {
    @Override
    public Receipt charge(String article) {
        return new Receipt("on account");
    }
}
