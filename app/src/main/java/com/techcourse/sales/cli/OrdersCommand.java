package com.techcourse.sales.cli;

import static com.techcourse.jooq.reporting.Tables.ORDERS;

import com.techcourse.platform.PersonaCommand;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "orders",
        description = "Orders with what became of them, newest first.",
        mixinStandardHelpOptions = true)
public final class OrdersCommand extends PersonaCommand {

    @Option(names = "--from", paramLabel = "DAY", description = "Placed on this day (UTC) or later.")
    private @Nullable LocalDate from;

    @Option(names = "--to", paramLabel = "DAY", description = "Placed on this day (UTC) or before.")
    private @Nullable LocalDate to;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only open, paid, partly_refunded, refunded or closed ones.")
    private @Nullable String status;

    @Option(names = "--order", paramLabel = "ID", description = "Only this one.")
    private @Nullable UUID order;

    @Option(
            names = "--limit",
            defaultValue = "50",
            paramLabel = "N",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int limit;

    public OrdersCommand() {
        super("accountant");
    }

    @Override
    protected int answer(DSLContext session, PrintStream out) {
        Condition wanted = DSL.noCondition();
        if (from != null) {
            wanted = wanted.and(ORDERS.PLACED_AT.ge(from.atStartOfDay().atOffset(ZoneOffset.UTC)));
        }
        if (to != null) {
            wanted =
                    wanted.and(ORDERS.PLACED_AT.lt(to.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC)));
        }
        if (status != null) {
            wanted = wanted.and(ORDERS.STATUS.eq(status));
        }
        if (order != null) {
            wanted = wanted.and(ORDERS.ORDER_ID.eq(order));
        }
        print(
                session.selectFrom(ORDERS)
                        .where(wanted)
                        .orderBy(ORDERS.PLACED_AT.desc(), ORDERS.ORDER_ID.desc())
                        .limit(limit)
                        .fetch(),
                out);
        return 0;
    }
}
