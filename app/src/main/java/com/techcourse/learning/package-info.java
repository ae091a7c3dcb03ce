/** How people learn: attempts and their grades. */
@NullMarked
package com.techcourse.learning;

import org.jspecify.annotations.NullMarked;
