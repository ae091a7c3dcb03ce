/** A cluster under load that is broken on purpose, again and again, and what must hold afterwards. */
@NullMarked
package com.techcourse.platform.drill;

import org.jspecify.annotations.NullMarked;
