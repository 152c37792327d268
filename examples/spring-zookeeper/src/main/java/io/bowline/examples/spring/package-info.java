/** A provider and a consumer as Spring Boot applications; this package holds their contract and starts them. */
@NullMarked
package io.bowline.examples.spring;

import org.jspecify.annotations.NullMarked;
