/** Import of the Open University Learning Analytics Dataset: five CSV files into an academy, through its own rules. */
@NullMarked
package com.techcourse.loading.oulad;

import org.jspecify.annotations.NullMarked;
