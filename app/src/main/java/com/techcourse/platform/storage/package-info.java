/** Where files lie that are too large for rows: a folder, or a bucket that speaks S3. */
@NullMarked
package com.techcourse.platform.storage;

import org.jspecify.annotations.NullMarked;
