package io.bowline.rpc.client;

/**
 * A value that is in force, and who set it.
 *
 * @param value the value
 * @param origin {@code default}, {@code contract}, {@code client}, {@code reference}, {@code method} or {@code
 *     rule}, as messages show it
 */
public record Setting<T>(T value, String origin) {}
