package com.techcourse.reporting.cli;

import static com.techcourse.jooq.reporting.Tables.COUPON_PERFORMANCE;

import java.io.PrintStream;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;

@Command(name = "coupons", description = "What each coupon brought and cost.", mixinStandardHelpOptions = true)
final class CouponsReport extends ReportCommand {

    CouponsReport() {
        super("marketing");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        print(
                session.selectFrom(COUPON_PERFORMANCE)
                        .orderBy(COUPON_PERFORMANCE.COUPON_CODE, COUPON_PERFORMANCE.CURRENCY)
                        .fetch(),
                out);
        return 0;
    }
}
