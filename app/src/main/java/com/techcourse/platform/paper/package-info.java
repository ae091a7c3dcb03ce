/** What documents on paper have in common: letters, and colours. */
@NullMarked
package com.techcourse.platform.paper;

import org.jspecify.annotations.NullMarked;
