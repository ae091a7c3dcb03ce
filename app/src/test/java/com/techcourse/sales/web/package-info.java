@NullMarked
package com.techcourse.sales.web;

import org.jspecify.annotations.NullMarked;
