/** The consumer: a web application that asks the provider. */
@NullMarked
package io.bowline.examples.spring.consumer;

import org.jspecify.annotations.NullMarked;
