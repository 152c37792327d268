/** The provider: an application without a web server. */
@NullMarked
package io.bowline.examples.spring.provider;

import org.jspecify.annotations.NullMarked;
