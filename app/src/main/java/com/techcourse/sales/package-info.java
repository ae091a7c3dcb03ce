/** Orders, payments, refunds, coupons and the ledger. */
@NullMarked
package com.techcourse.sales;

import org.jspecify.annotations.NullMarked;
