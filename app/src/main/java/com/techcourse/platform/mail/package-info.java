/** Letters by e-mail: written in the transaction of what they tell, sent afterwards by any node. */
@NullMarked
package com.techcourse.platform.mail;

import org.jspecify.annotations.NullMarked;
