package io.bowline.rpc.serialization.protostuff;

/** Makes values of one class: a draft first, the value when the draft is filled. */
abstract class Maker {
    abstract Object start();

    abstract Object finish(Object draft);
}
