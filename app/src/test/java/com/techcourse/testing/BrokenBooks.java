package com.techcourse.testing;

/** What the rules of the books forbid, done by a superuser who has switched them off; and mended again. */
public enum BrokenBooks {
    /** A payment is a cent more than its order and its entries. */
    PAYMENT(
            "update sales.payments set amount = amount %s 0.01 where id = (select min(id::text)::uuid from sales.payments where status = 'captured' and refunded_amount = 0)"),

    /** The last number of the invoices is one too high: the one before it is missing. */
    INVOICE_NUMBER("""
            alter table sales.invoices disable trigger invoices_append_only;
            update sales.invoices set serial_no = serial_no %s 1 where serial_no = (select max(serial_no) from sales.invoices);
            alter table sales.invoices enable always trigger invoices_append_only
            """);

    private final String change;

    BrokenBooks(String change) {
        this.change = change;
    }

    /** Does the work while it is broken. */
    public void during(TestDatabase database, Runnable work) {
        changed(database, "+");
        try {
            work.run();
        } finally {
            changed(database, "-");
        }
    }

    private void changed(TestDatabase database, String sign) {
        try (Sql superuser = Sql.connect(database.superuserUrl())) {
            superuser.transaction(sql -> {
                sql.run("set local session_replication_role = replica");
                return sql.run(change.formatted(sign));
            });
        }
    }
}
