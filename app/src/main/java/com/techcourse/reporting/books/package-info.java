/** Whether the books agree: looked at every night, kept, and told to whoever watches the academy. */
@NullMarked
package com.techcourse.reporting.books;

import org.jspecify.annotations.NullMarked;
