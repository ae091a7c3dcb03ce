package com.techcourse.sales.gateways;

/** The gateway lets the academy in no more: its key is wrong or withdrawn. Nothing was taken. */
final class GatewayClosed extends RuntimeException {

    private static final long serialVersionUID = 1;

    GatewayClosed() {
        super("The payment gateway does not accept the academy's key.", null, false, false);
    }
}
